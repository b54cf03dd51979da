"""How ready everybody is, over the API."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from evidence_review.assessments.asked_day import Day, asked_day
from evidence_review.assessments.levels import Level, level_on, levels_of
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.permissions import user_can_list_assessments
from evidence_review.assessments.queries import current_assessments
from evidence_review.assessments.tally import Count, Tally
from portal.frameworks.models import Edition
from portal.people.answers import require
from portal.people.models import User


class SectionReadinessBody(serializers.Serializer[Any]):
    """One section: what is needed, what is complete today, and on the day."""

    name = serializers.CharField()
    needed = serializers.IntegerField()
    in_progress = serializers.IntegerField()
    complete = serializers.IntegerField()
    complete_on = serializers.IntegerField(help_text="Complete on the day, if nothing changes.")


class ReadinessBody(serializers.Serializer[Any]):
    """How one assessment stands. Levels are codes of the edition, or empty for none."""

    assessment = serializers.CharField()
    edition = serializers.CharField()
    site = serializers.CharField(allow_null=True, help_text="Empty: head office.")
    level = serializers.CharField(allow_blank=True)
    on = serializers.DateField()
    level_on = serializers.CharField(allow_blank=True)
    next_lapse = serializers.DateField(
        allow_null=True,
        help_text="The last day on which everything that is complete today still is.",
    )
    sections = SectionReadinessBody(many=True)


_ON = OpenApiParameter("on", OpenApiTypes.DATE, description="Empty: the next 30 June.")


@extend_schema_view(get=extend_schema(operation_id="readiness_list", parameters=[_ON]))
class ReadinessList(generics.ListAPIView[Assessment]):
    """Every assessment of the editions in use that you may see: head office's, and your sites'."""

    serializer_class = ReadinessBody
    filterset_class = None

    def get_queryset(self) -> QuerySet[Assessment]:
        """Return the person's assessments; editions without levels have no readiness."""
        if getattr(self, "swagger_fake_view", False):
            return Assessment.objects.none()
        person = cast("User", self.request.user)
        return current_assessments(person).exclude(edition__levels=[])

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer one page of assessments."""
        require(user_can_list_assessments(cast("User", request.user)))
        asked = asked_day(request.query_params)
        if asked.problem:
            raise exceptions.ValidationError({"on": asked.problem})
        page = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response([readiness_body(one, asked) for one in page])


def readiness_body(assessment: Assessment, asked: Day) -> dict[str, Any]:
    """Return how an assessment stands today and on the day, as the API says it."""
    today, tally = timezone.localdate(), Tally.from_json(assessment.tally)
    levels = levels_of(assessment.edition.levels)
    next_lapse = tally.total.next_lapse(today)
    return {
        "assessment": assessment.public_id,
        "edition": assessment.edition.code,
        "site": assessment.site.public_id if assessment.site else None,
        "level": _code(level_on(levels, tally, today)),
        "on": asked.day.isoformat(),
        "level_on": _code(level_on(levels, tally, asked.day)),
        "next_lapse": next_lapse.isoformat() if next_lapse else None,
        "sections": [
            {
                "name": name,
                "needed": one.needed,
                "in_progress": one.in_progress_on(today),
                "complete": one.complete_on(today),
                "complete_on": one.complete_on(asked.day),
            }
            for name, one in _in_order(tally, assessment.edition)
        ],
    }


def _in_order(tally: Tally, edition: Edition) -> list[tuple[str, Count]]:
    """Return the sections in the order of the questions; what is kept need not keep it."""
    places = {str(section["name"]): at for at, section in enumerate(edition.sections)}
    return sorted(tally.sections.items(), key=lambda item: (places.get(item[0], 99), item[0]))


def _code(level: Level | None) -> str:
    return level.code if level else ""
