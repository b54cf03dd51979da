"""Finish an action, or drop it with a reason."""

from django.db import transaction
from django.utils import timezone

from evidence_review.assessments.actions.change_action import ENDING, lock_action, save_action
from evidence_review.assessments.models import ImprovementAction
from evidence_review.assessments.permissions import user_can_answer, user_can_carry_out
from evidence_review.assessments.plan_states import ActionVerb, next_state
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.permissions import user_can_see_evidence
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused

_VERBS = {
    ActionVerb.FINISH: Verb.IMPROVEMENT_ACTION_FINISHED,
    ActionVerb.DROP: Verb.IMPROVEMENT_ACTION_DROPPED,
}


class NothingSaid(Refused):
    """An action does not end without a word about how."""

    status = 422


@transaction.atomic
def finish_action(
    action: ImprovementAction, *, outcome: str, evidence: Evidence | None = None, actor: User
) -> ImprovementAction:
    """Say that it is done, what came of it, and which evidence shows it.

    Raises:
        NotPermitted: the actor neither plans for this assessment nor owns the action, or may not
            see the evidence.
        ActionTransitionRefused: it is done or dropped.
        NothingSaid: there is no outcome.
    """
    action = lock_action(action)
    require(user_can_carry_out(actor, action))
    if evidence is not None:
        require(user_can_see_evidence(actor, evidence))
    return _end_action(action, ActionVerb.FINISH, outcome, evidence, actor=actor)


@transaction.atomic
def drop_action(action: ImprovementAction, *, reason: str, actor: User) -> ImprovementAction:
    """Say that it is no longer needed, and why.

    Raises:
        NotPermitted: the actor may not plan for this assessment.
        ActionTransitionRefused: it is done or dropped.
        NothingSaid: there is no reason.
    """
    action = lock_action(action)
    require(user_can_answer(actor, action.assessment))
    return _end_action(action, ActionVerb.DROP, reason, None, actor=actor)


def _end_action(
    action: ImprovementAction,
    verb: ActionVerb,
    outcome: str,
    evidence: Evidence | None,
    *,
    actor: User,
) -> ImprovementAction:
    before, after = action.state, next_state(action.state, verb)
    if not outcome.strip():
        raise NothingSaid("Say in a sentence what came of it.")
    action.state, action.outcome, action.evidence = after, outcome, evidence
    action.finished_at = timezone.now()
    save_action(action, ENDING, actor=actor)
    record(
        _VERBS[verb],
        action.record_ref,
        actor=actor,
        before=before,
        after=after,
        facts={"evidence": evidence.public_id} if evidence else {},
        detail={"title": action.what, "what came of it": outcome},
    )
    return action
