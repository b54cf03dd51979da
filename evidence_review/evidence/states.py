"""The states of an evidence version, and the one table that says which verb leads where.

Nothing else decides what may follow what: actions ask :func:`next_state`, screens ask
:func:`may`, and a test walks every state with every verb.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from portal.steps import StepRefused, Steps


class VersionState(TextChoices):
    """Where one version is on its way to the record; the same words everywhere."""

    WAITING = "waiting", "Waiting for virus check"
    REFUSED_BY_GATE = "refused_by_gate", "Refused"
    INFECTED = "infected", "Contains a virus"
    UNSCANNABLE = "unscannable", "Could not be opened"
    CHECK_FAILED = "check_failed", "Could not be checked"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned"
    REFUSED = "refused", "Refused by reviewer"
    SUPERSEDED = "superseded", "Replaced"
    WITHDRAWN = "withdrawn", "Withdrawn"
    RECALLED = "recalled", "Recalled"
    DISPOSED = "disposed", "Disposed of"


class VersionVerb(TextChoices):
    """What can happen to a version."""

    REFUSE_BY_GATE = "refuse_by_gate"
    FIND_INFECTED = "find_infected"
    FIND_UNSCANNABLE = "find_unscannable"
    FAIL_CHECK = "fail_check"
    RETRY_CHECK = "retry_check"
    SUBMIT = "submit"
    APPROVE_STEP = "approve_step"
    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"
    RECALL = "recall"
    DISPOSE = "dispose"


_S, _V = VersionState, VersionVerb
TRANSITIONS: dict[tuple[VersionState, VersionVerb], VersionState] = {
    (_S.WAITING, _V.REFUSE_BY_GATE): _S.REFUSED_BY_GATE,
    (_S.WAITING, _V.FIND_INFECTED): _S.INFECTED,
    (_S.WAITING, _V.FIND_UNSCANNABLE): _S.UNSCANNABLE,
    (_S.WAITING, _V.FAIL_CHECK): _S.CHECK_FAILED,
    (_S.WAITING, _V.SUBMIT): _S.IN_REVIEW,
    (_S.WAITING, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.CHECK_FAILED, _V.RETRY_CHECK): _S.WAITING,
    (_S.CHECK_FAILED, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.IN_REVIEW, _V.APPROVE_STEP): _S.IN_REVIEW,
    (_S.IN_REVIEW, _V.APPROVE): _S.APPROVED,
    (_S.IN_REVIEW, _V.RETURN): _S.RETURNED,
    (_S.IN_REVIEW, _V.REFUSE): _S.REFUSED,
    (_S.IN_REVIEW, _V.SUPERSEDE): _S.SUPERSEDED,
    (_S.IN_REVIEW, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.IN_REVIEW, _V.RECALL): _S.RECALLED,
    (_S.APPROVED, _V.SUPERSEDE): _S.SUPERSEDED,
    (_S.APPROVED, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.APPROVED, _V.RECALL): _S.RECALLED,
    (_S.RETURNED, _V.SUPERSEDE): _S.SUPERSEDED,
    (_S.RETURNED, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.RETURNED, _V.RECALL): _S.RECALLED,
    (_S.REFUSED, _V.RECALL): _S.RECALLED,
    (_S.SUPERSEDED, _V.RECALL): _S.RECALLED,
    (_S.WITHDRAWN, _V.RECALL): _S.RECALLED,
    (_S.REFUSED_BY_GATE, _V.DISPOSE): _S.DISPOSED,
    (_S.INFECTED, _V.DISPOSE): _S.DISPOSED,
    (_S.UNSCANNABLE, _V.DISPOSE): _S.DISPOSED,
    (_S.RETURNED, _V.DISPOSE): _S.DISPOSED,
    (_S.REFUSED, _V.DISPOSE): _S.DISPOSED,
    (_S.SUPERSEDED, _V.DISPOSE): _S.DISPOSED,
    (_S.WITHDRAWN, _V.DISPOSE): _S.DISPOSED,
    (_S.RECALLED, _V.DISPOSE): _S.DISPOSED,
}

STOPPED_BY_CHECKS = frozenset({_S.REFUSED_BY_GATE, _S.INFECTED, _S.UNSCANNABLE, _S.CHECK_FAILED})
"""The checks stopped it: the person who uploaded it has something to do."""
NEEDS_UPLOADER = STOPPED_BY_CHECKS | {_S.RETURNED, _S.REFUSED, _S.RECALLED}
DISPOSABLE = frozenset(state for state, verb in TRANSITIONS if verb is _V.DISPOSE)
"""Out of use: the bytes may go once their retention period is over and no hold is on them."""
ON_ITS_WAY = frozenset({_S.WAITING, _S.IN_REVIEW})
READABLE = frozenset(
    {_S.IN_REVIEW, _S.APPROVED, _S.RETURNED, _S.REFUSED, _S.SUPERSEDED, _S.WITHDRAWN}
)
"""May be opened by those with the right, given a CLEAN verdict. Never the rest."""


class TransitionRefused(StepRefused):
    """The verb does not fit the state the version is in now."""

    thing = "version"


_STEPS = Steps(VersionState, TRANSITIONS, TransitionRefused)
may, next_state = _STEPS.may, _STEPS.next_state


@dataclass(frozen=True)
class Look:
    """How something is drawn by ``{% state %}``: its word, one of five kinds, an icon."""

    label: str
    kind: str
    icon: str


_LOOKS = {
    _S.WAITING: ("wait", "clock"),
    _S.REFUSED_BY_GATE: ("stop", "stop"),
    _S.INFECTED: ("stop", "stop"),
    _S.UNSCANNABLE: ("stop", "stop"),
    _S.CHECK_FAILED: ("stop", "stop"),
    _S.IN_REVIEW: ("check", "search"),
    _S.APPROVED: ("done", "tick"),
    _S.RETURNED: ("stop", "returned"),
    _S.REFUSED: ("stop", "stop"),
    _S.SUPERSEDED: ("todo", "document"),
    _S.WITHDRAWN: ("todo", "document"),
    _S.RECALLED: ("stop", "stop"),
    _S.DISPOSED: ("todo", "bin"),
}


def look(state: str) -> Look:
    """Return how a state is drawn."""
    known = VersionState(state)
    return Look(str(known.label), *_LOOKS[known])
