"""What can happen to an action of the improvement plan, and the one table of what leads where.

Actions ask :func:`next_state`, screens ask :func:`may`, and a test walks every state with every
verb.
"""

from django.db.models import TextChoices

from evidence_review.assessments.states import ActionState
from evidence_review.evidence.states import Look
from portal.steps import StepRefused, Steps


class ActionVerb(TextChoices):
    """What can happen to an action."""

    CHANGE = "change"
    START = "start"
    FINISH = "finish"
    DROP = "drop"
    REOPEN = "reopen"


_S, _V = ActionState, ActionVerb
TRANSITIONS: dict[tuple[ActionState, ActionVerb], ActionState] = {
    (_S.OPEN, _V.CHANGE): _S.OPEN,
    (_S.OPEN, _V.START): _S.DOING,
    (_S.OPEN, _V.FINISH): _S.DONE,
    (_S.OPEN, _V.DROP): _S.DROPPED,
    (_S.DOING, _V.CHANGE): _S.DOING,
    (_S.DOING, _V.FINISH): _S.DONE,
    (_S.DOING, _V.DROP): _S.DROPPED,
    (_S.DONE, _V.REOPEN): _S.OPEN,
    (_S.DROPPED, _V.REOPEN): _S.OPEN,
}


class ActionTransitionRefused(StepRefused):
    """The verb does not fit the state the action is in now."""

    thing = "action"


_STEPS = Steps(ActionState, TRANSITIONS, ActionTransitionRefused)
may, next_state = _STEPS.may, _STEPS.next_state


OVERDUE = Look("Overdue", "stop", "warning")
"""To be done, and its day has passed."""

_LOOKS = {
    _S.OPEN: ("todo", "todo"),
    _S.DOING: ("wait", "clock"),
    _S.DONE: ("done", "tick"),
    _S.DROPPED: ("todo", "minus"),
}


def action_look(state: str) -> Look:
    """Return how a state is drawn."""
    known = ActionState(state)
    return Look(str(known.label), *_LOOKS[known])
