"""Plan actions: one, or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from evidence_review.assessments.actions.restate import retally
from evidence_review.assessments.models import Assessment, ImprovementAction
from evidence_review.assessments.permissions import user_can_answer
from evidence_review.assessments.queries.plan import may_own
from portal.frameworks.models import Requirement
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import Entry, record_all
from portal.record.verbs import Verb
from portal.refused import Refused


class CannotOwn(Refused):
    """The person named cannot carry out the action."""

    status = 409


class NotOfThisAssessment(Refused):
    """The question belongs to another edition."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What will be done about one requirement, by whom and by when."""

    requirement: Requirement
    what: str
    owner: User
    due: date


def plan_action(assessment: Assessment, plan: Plan, *, actor: User) -> ImprovementAction:
    """Plan one action, as ``plan_actions`` does."""
    return plan_actions(assessment, [plan], actor=actor)[0]


@transaction.atomic
def plan_actions(
    assessment: Assessment, plans: Sequence[Plan], *, actor: User
) -> list[ImprovementAction]:
    """Plan actions, all or none, with one event each.

    Raises:
        NotPermitted: the actor may not plan for this assessment.
        CannotOwn: somebody named may not see the assessment or has left.
        NotOfThisAssessment: a requirement belongs to another edition.
    """
    assessment = Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    require(user_can_answer(actor, assessment))
    for owner in {plan.owner for plan in plans}:
        check_owner(assessment, owner)
    if any(plan.requirement.edition_id != assessment.edition_id for plan in plans):
        raise NotOfThisAssessment("That question is not part of this assessment.")
    planned = bulk_create_with_history(
        [
            ImprovementAction(
                assessment=assessment,
                requirement=plan.requirement,
                what=plan.what,
                owner=plan.owner,
                due=plan.due,
                created_by=actor,
            )
            for plan in plans
        ],
        ImprovementAction,
        default_user=actor,
    )
    retally([assessment.pk])
    record_all([_entry(action, actor) for action in planned])
    return list(planned)


def check_owner(assessment: Assessment, owner: User) -> None:
    """Refuse somebody who could not see the action.

    Raises:
        CannotOwn: they may not see the assessment or have left.
    """
    if not may_own(owner, assessment):
        raise CannotOwn(
            f"{owner} does not work with {assessment.owner_name}, or has left. "
            "Choose somebody else."
        )


def _entry(action: ImprovementAction, actor: User) -> Entry:
    return Entry(
        verb=Verb.IMPROVEMENT_ACTION_PLANNED,
        obj=action.record_ref,
        actor=actor,
        after=action.state,
        facts={
            "assessment": action.assessment.public_id,
            "requirement": action.requirement.code,
            "owner": action.owner.public_id,
            "due": action.due.isoformat(),
        },
        detail={"title": action.what, "owner": action.owner.actor_label},
    )
