"""Publications over the API: the list, one with its answers, and the spreadsheet."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from evidence_review.assessments.frozen import KEPT
from evidence_review.assessments.models import Publication, PublishedAnswer
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.queries.publishing import visible_publications
from evidence_review.assessments.states import Standing
from evidence_review.assessments.views.exporting import KINDS, AnswersAsSpreadsheet
from portal.people.models import User


class PublishedSite(serializers.Serializer[Any]):
    """A site a publication speaks for, as it was then."""

    site = serializers.CharField()
    name = serializers.CharField()
    ods_code = serializers.CharField(allow_blank=True)
    cqc_location_id = serializers.CharField(allow_blank=True)


class PublicationBody(serializers.Serializer[Any]):
    """A publication as the API gives it."""

    id = serializers.CharField()
    assessment = serializers.CharField()
    edition = serializers.CharField()
    level = serializers.CharField()
    level_name = serializers.CharField()
    sites = PublishedSite(many=True)
    answers_sha256 = serializers.CharField()
    published_by = serializers.CharField()
    published_at = serializers.DateTimeField()
    entered_on = serializers.DateField(allow_null=True)


class PublishedAnswerBody(serializers.Serializer[Any]):
    """One published answer. All of them, with these keys, are what the hash is of."""

    position = serializers.IntegerField()
    ref = serializers.CharField()
    section = serializers.CharField()
    question = serializers.CharField()
    standing = serializers.ChoiceField(choices=Standing.choices)
    answer = serializers.DictField()
    evidence = serializers.ListField(child=serializers.DictField())


class PublicationWithAnswers(PublicationBody):
    """A publication with everything that was published."""

    answers = PublishedAnswerBody(many=True)


class PublicationList(generics.GenericAPIView[Publication]):
    """The publications of one assessment."""

    serializer_class = PublicationBody

    def get_queryset(self) -> QuerySet[Publication]:
        """Return the publications of an assessment the person may see."""
        if getattr(self, "swagger_fake_view", False):
            return Publication.objects.none()
        person = _person(self.request)
        assessment = get_object_or_404(
            visible_assessments(person), public_id=self.kwargs["public_id"]
        )
        return visible_publications(person).filter(assessment=assessment)

    @extend_schema(operation_id="publication_list", responses=PublicationBody(many=True))
    def get(self, request: Request, public_id: str) -> Response:
        """List what was published of an assessment, newest first."""
        page = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response([body_of(one) for one in page])


class PublicationDetail(APIView):
    """One publication with its answers."""

    @extend_schema(operation_id="publication_read", responses=PublicationWithAnswers)
    def get(self, request: Request, public_id: str) -> Response:
        """Read one publication and every answer as it was published."""
        found = get_object_or_404(visible_publications(_person(request)), public_id=public_id)
        answers = found.answers.order_by("position")
        return Response(body_of(found) | {"answers": [answer_body(one) for one in answers]})


class PublicationExport(APIView):
    """One publication as a spreadsheet."""

    @extend_schema(
        operation_id="publication_export",
        parameters=[OpenApiParameter("kind", enum=KINDS, default="xlsx")],
        responses={
            (
                200,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ): OpenApiTypes.BINARY,
            (200, "text/csv"): OpenApiTypes.BINARY,
        },
    )
    def get(self, request: Request, public_id: str) -> Any:
        """Download the answers in catalogue order, to type into the national toolkit."""
        person, kind = _person(request), request.query_params.get("kind", "xlsx")
        if kind not in KINDS:
            raise ValidationError({"kind": [f"Choose one of: {', '.join(KINDS)}."]})
        found = get_object_or_404(visible_publications(person), public_id=public_id)
        return AnswersAsSpreadsheet().answer(found.assessment, found, kind, person=person)


def body_of(publication: Publication) -> dict[str, Any]:
    """Return what the API says of a publication."""
    return {
        "id": publication.public_id,
        "assessment": publication.assessment.public_id,
        "edition": publication.assessment.edition.code,
        "level": publication.level,
        "level_name": publication.level_name,
        "sites": publication.sites,
        "answers_sha256": publication.answers_sha256,
        "published_by": publication.published_by.actor_label,
        "published_at": publication.published_at,
        "entered_on": publication.entered_on,
    }


def answer_body(answer: PublishedAnswer) -> dict[str, Any]:
    """Return what the API says of a published answer: exactly what was hashed."""
    return {name: getattr(answer, name) for name in KEPT}


def _person(request: Request) -> User:
    return cast("User", request.user)
