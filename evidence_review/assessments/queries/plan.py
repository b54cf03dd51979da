"""The improvement plan: its actions, what has none yet, and who may own one."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evidence_review.assessments.models import (
    AnswerEvidence,
    Assessment,
    Coverage,
    ImprovementAction,
    Response,
)
from evidence_review.assessments.permissions import user_can_see_assessment
from evidence_review.assessments.queries import responses_in_order, visible_assessments
from evidence_review.assessments.states import PLANNED, Standing
from evidence_review.evidence.models import Evidence, EvidenceLink
from evidence_review.evidence.queries import visible_evidence
from portal.people.models import Membership, User
from portal.people.queries import active_on, people_with_role
from portal.people.roles import EVIDENCE_READERS, Role


def visible_actions(person: User) -> QuerySet[ImprovementAction]:
    """Return the actions of the assessments the person may see, the most urgent first."""
    return (
        ImprovementAction.objects.filter(assessment__in=visible_assessments(person))
        .select_related("assessment__edition", "assessment__site", "requirement", "owner")
        .order_by("due", "pk")
    )


def overdue(day: date) -> Q:
    """Return the condition for actions that are to be done and whose day has passed."""
    return Q(state__in=PLANNED, due__lt=day)


def unplanned(assessment: Assessment, day: date) -> list[Response]:
    """Return the answers that a level needs, that are not complete on ``day`` and have no action.

    In catalogue order, as ``Tally.unplanned`` counts them.
    """
    planned = ImprovementAction.objects.filter(
        assessment=assessment, requirement=OuterRef("requirement"), state__in=PLANNED
    )
    complete = Q(standing=Standing.COMPLETE) & (Q(good_until__isnull=True) | Q(good_until__gte=day))
    found = responses_in_order(assessment).filter(~complete, ~Exists(planned))
    return [one for one in found.select_related("assigned_to") if one.requirement.levels]


def owners_for(assessment: Assessment) -> QuerySet[User]:
    """Return the people who work with an assessment's owner, by name."""
    return people_with_role(EVIDENCE_READERS, assessment.site).order_by("first_name", "last_name")


def possible_owners(assessment: Assessment) -> QuerySet[User]:
    """Return who may own an action; for head office the managers of its sites may, too."""
    people = Q(pk__in=owners_for(assessment).values("pk"))
    if assessment.is_head_office:
        covered = Coverage.objects.filter(assessment=assessment, ended_at__isnull=True)
        managers = Membership.objects.filter(
            active_on(timezone.localdate()),
            role=Role.REGISTERED_MANAGER,
            site__in=covered.values("site"),
        )
        people |= Q(is_active=True, pk__in=managers.values("person"))
    return User.objects.filter(people).order_by("first_name", "last_name", "pk")


def may_own(person: User, assessment: Assessment) -> bool:
    """Tell whether somebody could see an action they own: they are here and see the assessment."""
    return person.is_active and bool(user_can_see_assessment(person, assessment))


def evidence_for(action: ImprovementAction, person: User) -> QuerySet[Evidence]:
    """Return evidence that speaks to the action's question and that the person may see."""
    tied = EvidenceLink.objects.filter(evidence=OuterRef("pk"), requirement=action.requirement_id)
    rests = AnswerEvidence.objects.filter(
        evidence=OuterRef("pk"),
        response__assessment=action.assessment_id,
        response__requirement=action.requirement_id,
    )
    found = visible_evidence(person).filter(Exists(tied) | Exists(rests))
    return found.select_related("site").order_by("-created_at", "-pk")
