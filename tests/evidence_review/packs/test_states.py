"""The one table of what may follow what."""

import pytest

from evidence_review.packs.states import (
    TRANSITIONS,
    UNDER_WAY,
    PackState,
    PackStepRefused,
    PackVerb,
    look,
    may,
    next_state,
)


@pytest.mark.parametrize("state", list(PackState))
@pytest.mark.parametrize("verb", list(PackVerb))
def test_a_step_is_in_the_table_or_refused_in_words(state: PackState, verb: PackVerb) -> None:
    if may(state, verb):
        assert next_state(state, verb) == TRANSITIONS[state, verb]
    else:
        with pytest.raises(PackStepRefused, match="no longer possible"):
            next_state(state, verb)


def test_whatever_is_under_way_can_be_stopped_and_can_fail() -> None:
    for state in UNDER_WAY:
        assert may(state, PackVerb.CANCEL)
        assert may(state, PackVerb.FAIL)


def test_what_is_over_can_be_tried_again_unless_it_is_ready() -> None:
    over = {state for state in PackState if state not in UNDER_WAY}
    again = {state for state in over if may(state, PackVerb.TRY_AGAIN)}
    assert over - again == {PackState.READY}


@pytest.mark.parametrize("state", list(PackState))
def test_every_state_has_a_word_and_an_icon(state: PackState) -> None:
    drawn = look(state)
    assert drawn.label
    assert drawn.icon
    assert drawn.kind in {"wait", "done", "stop", "todo"}
