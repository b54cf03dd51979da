"""Covered sites and the improvement plan over the API: the same actions as the screens."""

from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response as Reply

from evidence_review.assessments.actions.plan_actions import Plan, plan_action
from evidence_review.assessments.api.answering import person_of
from evidence_review.assessments.api.shapes import PersonBody
from evidence_review.assessments.forms.plan import LONGEST_ACTION
from evidence_review.assessments.models import Assessment, Coverage, ImprovementAction
from evidence_review.assessments.permissions import user_can_answer
from evidence_review.assessments.queries import responses_in_order, visible_assessments
from evidence_review.assessments.queries.coverage import SiteStanding, site_standings
from evidence_review.assessments.queries.plan import possible_owners, visible_actions
from evidence_review.assessments.queries.site_answers import visible_coverage
from evidence_review.assessments.states import ActionState
from portal.people.answers import require
from portal.people.models import User


class CoveredSiteBody(serializers.Serializer[Any]):
    """One site that head office answers for, and what its registered manager says of the answers.

    The answers counted are those a level needs and head office stands by.
    """

    site = serializers.CharField(help_text="The id of a site from /sites/.")
    name = serializers.CharField()
    confirmed = serializers.IntegerField(help_text="True there too, as the answer now reads.")
    differing = serializers.IntegerField(help_text="Different there.")
    to_confirm = serializers.IntegerField(help_text="Not spoken of as the answer now reads.")
    needed = serializers.IntegerField(help_text="What a level needs.")
    complete = serializers.IntegerField(help_text="Complete at head office and confirmed there.")


class ActionBody(serializers.Serializer[Any]):
    """One action of the improvement plan."""

    id = serializers.CharField()
    requirement = serializers.CharField(help_text="Such as dspt-v8:1.3.1.")
    what = serializers.CharField()
    owner = PersonBody()
    due = serializers.DateField()
    state = serializers.ChoiceField(choices=ActionState.choices)
    outcome = serializers.CharField()
    evidence = serializers.CharField(allow_null=True, help_text="The id of an evidence.")
    finished_at = serializers.DateTimeField(allow_null=True)


class ActionIn(serializers.Serializer[Any]):
    """What is sent to plan an action."""

    requirement = serializers.CharField(help_text="The reference, such as 1.3.1.", max_length=50)
    what = serializers.CharField(
        max_length=LONGEST_ACTION, validators=[ProhibitNullCharactersValidator()]
    )
    owner = serializers.CharField(help_text="The id of a person.", max_length=50)
    due = serializers.DateField()


class CoveredSites(generics.GenericAPIView[Coverage]):
    """The sites that head office answers for."""

    serializer_class = CoveredSiteBody

    def get_queryset(self) -> QuerySet[Coverage]:
        """Return what the person may see."""
        if getattr(self, "swagger_fake_view", False):
            return Coverage.objects.none()
        return visible_coverage(person_of(self.request)).order_by("site__name", "pk")

    @extend_schema(operation_id="covered_site_list", responses=CoveredSiteBody(many=True))
    def get(self, request: Request, public_id: str) -> Reply:
        """List those of the covered sites that you may see, by name."""
        found = visible_assessments(person_of(request))
        assessment = get_object_or_404(found, public_id=public_id)
        page = self.paginate_queryset(self.get_queryset().filter(assessment=assessment)) or []
        standings = site_standings([assessment], sites=[row.site_id for row in page])
        return self.get_paginated_response([_site_body(one) for one in standings])


class PlanActions(generics.GenericAPIView[ImprovementAction]):
    """The improvement plan of one assessment."""

    serializer_class = ActionBody

    def get_queryset(self) -> QuerySet[ImprovementAction]:
        """Return what the person may see."""
        if getattr(self, "swagger_fake_view", False):
            return ImprovementAction.objects.none()
        found = visible_actions(person_of(self.request))
        return found.select_related("requirement__edition", "owner", "evidence")

    @extend_schema(operation_id="action_list", responses=ActionBody(many=True))
    def get(self, request: Request, public_id: str) -> Reply:
        """List the actions, the most urgent first."""
        assessment = self._assessment(request, public_id)
        page = self.paginate_queryset(self.get_queryset().filter(assessment=assessment)) or []
        return self.get_paginated_response([_action_body(one) for one in page])

    @extend_schema(operation_id="action_add", request=ActionIn, responses={201: ActionBody})
    def post(self, request: Request, public_id: str) -> Reply:
        """Plan an action."""
        assessment = self._assessment(request, public_id)
        require(user_can_answer(person_of(request), assessment))
        form = ActionIn(data=request.data)
        form.is_valid(raise_exception=True)
        plan = _plan(assessment, form.validated_data)
        action = plan_action(assessment, plan, actor=person_of(request))
        return Reply(_action_body(action), status=status.HTTP_201_CREATED)

    def _assessment(self, request: Request, public_id: str) -> Assessment:
        found = visible_assessments(person_of(request))
        return get_object_or_404(found, public_id=public_id)


def _plan(assessment: Assessment, data: dict[str, Any]) -> Plan:
    """Return what was sent with its question and its owner found."""
    answers = responses_in_order(assessment).select_related("requirement__edition")
    response = answers.filter(requirement__ref=data["requirement"]).first()
    if response is None:
        raise ValidationError({"requirement": ["This assessment has no such question."]})
    owner = possible_owners(assessment).filter(public_id=data["owner"]).first()
    if owner is None:
        raise ValidationError({"owner": ["Nobody of that id works with this assessment."]})
    return Plan(requirement=response.requirement, what=data["what"], owner=owner, due=data["due"])


def _site_body(one: SiteStanding) -> dict[str, Any]:
    total = one.tally.total
    return {
        "site": one.site.public_id,
        "name": one.site.name,
        "confirmed": one.confirmed,
        "differing": one.differing,
        "to_confirm": one.to_confirm,
        "needed": total.needed,
        "complete": total.complete_on(timezone.localdate()),
    }


def _person(person: User) -> dict[str, str]:
    return {"id": person.public_id, "name": person.actor_label}


def _action_body(action: ImprovementAction) -> dict[str, Any]:
    return {
        "id": action.public_id,
        "requirement": action.requirement.code,
        "what": action.what,
        "owner": _person(action.owner),
        "due": action.due,
        "state": action.state,
        "outcome": action.outcome,
        "evidence": action.evidence.public_id if action.evidence else None,
        "finished_at": action.finished_at,
    }
