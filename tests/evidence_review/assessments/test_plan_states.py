"""Every state of an action with every verb has a decided outcome."""

import pytest

from evidence_review.assessments.plan_states import (
    TRANSITIONS,
    ActionTransitionRefused,
    ActionVerb,
    action_look,
    may,
    next_state,
)
from evidence_review.assessments.states import PLANNED, ActionState

EVERY_PAIR = [(state, verb) for state in ActionState for verb in ActionVerb]


@pytest.mark.parametrize(("state", "verb"), EVERY_PAIR, ids=lambda part: part.value)
def test_every_state_with_every_verb_leads_somewhere_or_is_refused_in_words(
    state: ActionState, verb: ActionVerb
) -> None:
    if may(state, verb):
        assert next_state(state, verb) == TRANSITIONS[state, verb]
    else:
        with pytest.raises(ActionTransitionRefused) as refused:
            next_state(state, verb)
        assert state.label in refused.value.reason


@pytest.mark.parametrize("state", PLANNED)
def test_what_is_to_be_done_can_be_changed_finished_and_dropped(state: ActionState) -> None:
    assert next_state(state, ActionVerb.CHANGE) == state
    assert next_state(state, ActionVerb.FINISH) == ActionState.DONE
    assert next_state(state, ActionVerb.DROP) == ActionState.DROPPED


@pytest.mark.parametrize("state", sorted(set(ActionState) - set(PLANNED)))
def test_what_has_ended_can_only_be_taken_up_again(state: ActionState) -> None:
    assert {verb for verb in ActionVerb if may(state, verb)} == {ActionVerb.REOPEN}
    assert next_state(state, ActionVerb.REOPEN) == ActionState.OPEN


@pytest.mark.parametrize("state", ActionState)
def test_every_state_has_a_look(state: ActionState) -> None:
    assert action_look(state).label == state.label
