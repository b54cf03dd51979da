"""What can happen to an action of the improvement plan, and the one table of what leads where.

Actions ask :func:`next_state`, screens ask :func:`may`, and a test walks every state with every
verb.
"""

from django.db.models import TextChoices

from evidence_review.assessments.states import ActionState
from evidence_review.evidence.states import Look
from portal.refused import Refused


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


class ActionTransitionRefused(Refused):
    """The verb does not fit the state the action is in now."""

    status = 409

    def __init__(self, state: ActionState, verb: ActionVerb) -> None:
        self.state, self.verb = state, verb
        super().__init__(
            f"This action is now “{state.label}”, so that is no longer possible. "
            "Reload the page to see where it stands."
        )


def may(state: str, verb: ActionVerb) -> bool:
    """Tell whether the verb fits the state."""
    return (ActionState(state), verb) in TRANSITIONS


def next_state(state: str, verb: ActionVerb) -> ActionState:
    """Return the state the verb leads to.

    Raises:
        ActionTransitionRefused: when the table has no such step.
    """
    try:
        return TRANSITIONS[ActionState(state), verb]
    except KeyError:
        raise ActionTransitionRefused(ActionState(state), verb) from None


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
