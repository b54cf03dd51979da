"""Assessments and their answers over the API: the same actions and selections as the screens."""

from dataclasses import replace
from typing import cast

import django_filters
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response as Reply
from rest_framework.views import APIView

from evidence_review.assessments.actions.save_answer import AnswerChangedMeanwhile, save_answer
from evidence_review.assessments.answer import Answer
from evidence_review.assessments.api.shapes import (
    AssessmentBody,
    ResponseBody,
    ResponseIn,
    assessment_body,
    response_body,
)
from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.permissions import user_can_list_assessments
from evidence_review.assessments.queries import (
    HEAD_OFFICE_FIRST,
    responses_in_order,
    visible_assessments,
)
from evidence_review.assessments.queries.questions import WILL_LAPSE_FILTER, AsOf
from evidence_review.assessments.states import Standing
from evidence_review.evidence.models import Evidence
from portal.api.problems import problem
from portal.people.answers import require
from portal.people.models import User


def person_of(request: Request) -> User:
    """Return the person whose token the request carries."""
    return cast("User", request.user)


class AssessmentFilters(django_filters.FilterSet):
    """``?edition=dspt-v8&site=ID``; ``site=head-office`` is head office's."""

    edition = django_filters.CharFilter(field_name="edition__code")
    site = django_filters.CharFilter(
        method="by_site", help_text="The id of a site, or head-office."
    )

    class Meta:
        model = Assessment
        fields = ("edition", "site")

    def by_site(self, found: QuerySet[Assessment], name: str, value: str) -> QuerySet[Assessment]:
        """Narrow to one owner."""
        if value == "head-office":
            return found.filter(site__isnull=True)
        return found.filter(site__public_id=value)


class AssessmentList(generics.GenericAPIView[Assessment]):
    """The assessments you may see."""

    filterset_class = AssessmentFilters
    serializer_class = AssessmentBody

    def get_queryset(self) -> QuerySet[Assessment]:
        """Return what the person may see."""
        if getattr(self, "swagger_fake_view", False):
            return Assessment.objects.none()
        require(user_can_list_assessments(person_of(self.request)))
        found = visible_assessments(person_of(self.request)).select_related("carried_from")
        return found.order_by("edition__position", HEAD_OFFICE_FIRST, "pk")

    @extend_schema(operation_id="assessments_list", responses=AssessmentBody(many=True))
    def get(self, request: Request) -> Reply:
        """List assessments with how they stand today, head office's first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        as_of = AsOf.now()
        return self.get_paginated_response([assessment_body(one, as_of) for one in page])


class AssessmentDetail(APIView):
    """One assessment."""

    @extend_schema(operation_id="assessment_read", responses=AssessmentBody)
    def get(self, request: Request, public_id: str) -> Reply:
        """Read one assessment with its counts."""
        found = find_assessment(request, public_id, "carried_from")
        return Reply(assessment_body(found, AsOf.now()))


class ResponseFilters(django_filters.FilterSet):
    """``?section=Data security&standing=will_lapse``."""

    section = django_filters.CharFilter(field_name="requirement__section")
    standing = django_filters.ChoiceFilter(
        choices=[*Standing.choices, (WILL_LAPSE_FILTER, "Will lapse")],
        method="by_standing",
        help_text="How it stands today; will_lapse is complete today, not on the next 30 June.",
    )

    class Meta:
        model = Response
        fields = ("section", "standing")

    def by_standing(self, found: QuerySet[Response], name: str, value: str) -> QuerySet[Response]:
        """Narrow to how the answers stand."""
        return found.filter(AsOf.now().shown_as(value))


class ResponseList(generics.GenericAPIView[Response]):
    """The answers of one assessment."""

    filterset_class = ResponseFilters
    serializer_class = ResponseBody

    def get_queryset(self) -> QuerySet[Response]:
        """Return the answers of an assessment the person may see."""
        if getattr(self, "swagger_fake_view", False):
            return Response.objects.none()
        return with_everything(find_assessment(self.request, self.kwargs["public_id"]))

    @extend_schema(operation_id="responses_list", responses=ResponseBody(many=True))
    def get(self, request: Request, public_id: str) -> Reply:
        """List the answers in catalogue order."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([response_body(one) for one in page])


class ResponseDetail(APIView):
    """The answer to one question, named by its reference."""

    @extend_schema(operation_id="response_read", responses=ResponseBody)
    def get(self, request: Request, public_id: str, ref: str) -> Reply:
        """Read one answer."""
        return Reply(response_body(self._find(request, public_id, ref)))

    @extend_schema(
        operation_id="response_change",
        request=ResponseIn,
        responses={
            200: ResponseBody,
            409: OpenApiResponse(
                OpenApiTypes.OBJECT,
                description="Somebody saved another answer since that revision. The problem holds "
                "theirs as `current`.",
            ),
        },
    )
    def patch(self, request: Request, public_id: str, ref: str) -> Reply:
        """Change an answer, and confirm it if you say so."""
        response = self._find(request, public_id, ref)
        form = ResponseIn(data=request.data)
        form.is_valid(raise_exception=True)
        try:
            save_answer(
                response,
                replace(Answer.of(response), **form.changes()),
                revision=form.validated_data["revision"],
                confirm=form.validated_data["confirm"],
                actor=person_of(request),
            )
        except AnswerChangedMeanwhile as refusal:
            current = response_body(self._find(request, public_id, ref))
            return problem(refusal.status, refusal.reason, current=current)
        return Reply(response_body(self._find(request, public_id, ref)))

    def _find(self, request: Request, public_id: str, ref: str) -> Response:
        found = with_everything(find_assessment(request, public_id))
        return get_object_or_404(found, requirement__ref=ref)


def find_assessment(request: Request, public_id: str, *more: str) -> Assessment:
    """Return an assessment the person may see, with what ``more`` names loaded."""
    found = visible_assessments(person_of(request)).select_related("edition", "site", *more)
    return get_object_or_404(found, public_id=public_id)


def with_everything(assessment: Assessment) -> QuerySet[Response]:
    """Return the answers of an assessment with all that a body holds."""
    evidence = Evidence.objects.only("pk", "public_id").order_by("pk")
    return (
        responses_in_order(assessment)
        .select_related(
            "requirement__edition", "assessment__site", "answered_by", "confirmed_by", "assigned_to"
        )
        .prefetch_related(Prefetch("evidence", queryset=evidence))
    )
