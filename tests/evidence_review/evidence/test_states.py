"""Every state with every verb has a decided outcome."""

import pytest

from evidence_review.evidence.states import (
    DISPOSABLE,
    NEEDS_UPLOADER,
    ON_ITS_WAY,
    READABLE,
    STOPPED_BY_CHECKS,
    TRANSITIONS,
    TransitionRefused,
    VersionState,
    VersionVerb,
    look,
    may,
    next_state,
)

EVERY_PAIR = [(state, verb) for state in VersionState for verb in VersionVerb]


@pytest.mark.parametrize(("state", "verb"), EVERY_PAIR, ids=lambda part: part.value)
def test_every_state_with_every_verb_leads_somewhere_or_is_refused_in_words(
    state: VersionState, verb: VersionVerb
) -> None:
    if may(state, verb):
        assert next_state(state, verb) == TRANSITIONS[state, verb]
    else:
        with pytest.raises(TransitionRefused) as refused:
            next_state(state, verb)
        assert state.label in refused.value.reason


def test_only_review_leads_to_approved() -> None:
    ways_in = {start for (start, _), end in TRANSITIONS.items() if end == VersionState.APPROVED}
    assert ways_in == {VersionState.IN_REVIEW}


def test_only_the_checks_lead_into_review() -> None:
    ways_in = {
        start
        for (start, _), end in TRANSITIONS.items()
        if end == VersionState.IN_REVIEW and start != end
    }
    assert ways_in == {VersionState.WAITING}


def test_a_recalled_version_is_never_used_again() -> None:
    ways_out = {end for (start, _), end in TRANSITIONS.items() if start == VersionState.RECALLED}
    assert ways_out == {VersionState.DISPOSED}


def test_nothing_follows_disposal() -> None:
    assert not [end for (start, _), end in TRANSITIONS.items() if start == VersionState.DISPOSED]


def test_only_what_is_out_of_use_is_disposed_of() -> None:
    still_needed = ON_ITS_WAY | {VersionState.APPROVED, VersionState.CHECK_FAILED}
    assert set(VersionState) - still_needed - {VersionState.DISPOSED} == DISPOSABLE


def test_what_the_checks_stopped_is_never_readable() -> None:
    assert not READABLE & (
        STOPPED_BY_CHECKS | {VersionState.WAITING, VersionState.RECALLED, VersionState.DISPOSED}
    )


def test_every_state_is_in_a_family_that_says_who_acts_next() -> None:
    at_rest = {VersionState.APPROVED, VersionState.SUPERSEDED, VersionState.WITHDRAWN}
    gone = {VersionState.DISPOSED}
    assert at_rest | gone | NEEDS_UPLOADER | ON_ITS_WAY == set(VersionState)


@pytest.mark.parametrize("state", VersionState)
def test_every_state_has_a_look(state: VersionState) -> None:
    assert look(state).kind in {"todo", "wait", "check", "done", "stop"}
