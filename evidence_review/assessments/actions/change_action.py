"""Change an action that is to be done, start it, or take up again one that has ended."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from evidence_review.assessments.actions.plan_actions import check_owner
from evidence_review.assessments.actions.restate import retally
from evidence_review.assessments.models import Assessment, ImprovementAction
from evidence_review.assessments.permissions import user_can_answer, user_can_carry_out
from evidence_review.assessments.plan_states import ActionVerb, next_state
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb

ENDING = ("state", "outcome", "evidence", "finished_at")
"""The fields that change when an action ends, and when it is taken up again."""


def lock_action(action: ImprovementAction) -> ImprovementAction:
    """Lock an action and return it as it is now; its assessment is locked first, as everywhere."""
    assessments = Assessment.objects.select_for_update(no_key=True, of=("self",))
    assessment = assessments.select_related("site", "edition").get(pk=action.assessment_id)
    locked = (
        ImprovementAction.objects.select_for_update(of=("self",))
        .select_related("requirement__edition", "owner")
        .get(pk=action.pk)
    )
    locked.assessment = assessment
    return locked


@transaction.atomic
def change_action(
    action: ImprovementAction, *, what: str, owner: User, due: date, actor: User
) -> ImprovementAction:
    """Say anew what will be done, by whom and by when. Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor may not plan for this assessment.
        ActionTransitionRefused: the action is done or dropped.
        CannotOwn: the new owner may not see the assessment or has left.
    """
    action = lock_action(action)
    require(user_can_answer(actor, action.assessment))
    next_state(action.state, ActionVerb.CHANGE)
    before = {"what": action.what, "owner": action.owner, "due": action.due}
    new = {"what": what, "owner": owner, "due": due}
    changed = [name for name in new if new[name] != before[name]]
    if not changed:
        return action
    if "owner" in changed:
        check_owner(action.assessment, owner)
    for name in changed:
        setattr(action, name, new[name])
    save_action(action, changed, actor=actor)
    record(
        Verb.IMPROVEMENT_ACTION_CHANGED,
        action.record_ref,
        actor=actor,
        facts={"fields": ",".join(changed), "due": action.due.isoformat()},
        detail={
            "title": action.what,
            "changes": {name: [_words(before[name]), _words(new[name])] for name in changed},
        },
    )
    return action


@transaction.atomic
def start_action(action: ImprovementAction, *, actor: User) -> ImprovementAction:
    """Say that somebody is working on it.

    Raises:
        NotPermitted: the actor neither plans for this assessment nor owns the action.
        ActionTransitionRefused: it is started, done or dropped.
    """
    action = lock_action(action)
    require(user_can_carry_out(actor, action))
    return _move(action, ActionVerb.START, ["state"], actor=actor)


@transaction.atomic
def reopen_action(action: ImprovementAction, *, actor: User) -> ImprovementAction:
    """Take up again what was done or dropped; what was said of it stays in the history.

    Raises:
        NotPermitted: the actor may not plan for this assessment.
        ActionTransitionRefused: it is not ended.
    """
    action = lock_action(action)
    require(user_can_answer(actor, action.assessment))
    action.finished_at, action.outcome, action.evidence = None, "", None
    return _move(action, ActionVerb.REOPEN, ENDING, actor=actor)


def save_action(action: ImprovementAction, changed: Sequence[str], *, actor: User) -> None:
    """Write the changed fields of a locked action, and count its assessment anew."""
    action._history_user = actor
    action.save(update_fields=changed)
    retally([action.assessment_id])


def _move(
    action: ImprovementAction, verb: ActionVerb, changed: Sequence[str], *, actor: User
) -> ImprovementAction:
    before, action.state = action.state, next_state(action.state, verb)
    save_action(action, changed, actor=actor)
    record(
        Verb.IMPROVEMENT_ACTION_CHANGED,
        action.record_ref,
        actor=actor,
        before=before,
        after=action.state,
        detail={"title": action.what},
    )
    return action


def _words(value: Any) -> str:
    return value.actor_label if isinstance(value, User) else str(value)
