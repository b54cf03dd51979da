"""The states of an inspection pack, and the one table that says which verb leads where."""

from django.db.models import TextChoices

from evidence_review.evidence.states import Look
from portal.steps import StepRefused, Steps


class PackState(TextChoices):
    """Where a pack is on its way from the wish to the file."""

    REQUESTED = "requested", "Waiting to start"
    LISTING = "listing", "Listing what was approved"
    WRITING = "writing", "Writing the report"
    SEALING = "sealing", "Waiting for the seal"
    PACKING = "packing", "Packing"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"
    CANCELLED = "cancelled", "Stopped"
    REMOVED = "removed", "File removed"


class PackVerb(TextChoices):
    """What can happen to a pack."""

    LIST = "list"
    WRITE = "write"
    SETTLE = "settle"
    PACK = "pack"
    FINISH = "finish"
    FAIL = "fail"
    CANCEL = "cancel"
    TRY_AGAIN = "try_again"
    REMOVE = "remove"


_S, _V = PackState, PackVerb
TRANSITIONS: dict[tuple[PackState, PackVerb], PackState] = {
    (_S.REQUESTED, _V.LIST): _S.LISTING,
    # Again, after the job that did it was killed.
    (_S.LISTING, _V.LIST): _S.LISTING,
    (_S.WRITING, _V.LIST): _S.LISTING,
    (_S.LISTING, _V.WRITE): _S.WRITING,
    (_S.WRITING, _V.SETTLE): _S.SEALING,
    # What was settled before it failed, or before its file was removed, is not settled again.
    (_S.REQUESTED, _V.PACK): _S.PACKING,
    (_S.SEALING, _V.PACK): _S.PACKING,
    (_S.PACKING, _V.PACK): _S.PACKING,
    (_S.PACKING, _V.FINISH): _S.READY,
    (_S.REQUESTED, _V.FAIL): _S.FAILED,
    (_S.LISTING, _V.FAIL): _S.FAILED,
    (_S.WRITING, _V.FAIL): _S.FAILED,
    (_S.SEALING, _V.FAIL): _S.FAILED,
    (_S.PACKING, _V.FAIL): _S.FAILED,
    (_S.REQUESTED, _V.CANCEL): _S.CANCELLED,
    (_S.LISTING, _V.CANCEL): _S.CANCELLED,
    (_S.WRITING, _V.CANCEL): _S.CANCELLED,
    (_S.SEALING, _V.CANCEL): _S.CANCELLED,
    (_S.PACKING, _V.CANCEL): _S.CANCELLED,
    (_S.FAILED, _V.TRY_AGAIN): _S.REQUESTED,
    (_S.CANCELLED, _V.TRY_AGAIN): _S.REQUESTED,
    (_S.REMOVED, _V.TRY_AGAIN): _S.REQUESTED,
    (_S.READY, _V.REMOVE): _S.REMOVED,
}
UNDER_WAY = frozenset({_S.REQUESTED, _S.LISTING, _S.WRITING, _S.SEALING, _S.PACKING})
"""Somebody waits for it; the page asks again by itself."""


class PackStepRefused(StepRefused):
    """The verb does not fit the state the pack is in now."""

    thing = "pack"


_STEPS = Steps(PackState, TRANSITIONS, PackStepRefused)
may, next_state = _STEPS.may, _STEPS.next_state


_LOOKS = {
    _S.READY: ("done", "tick"),
    _S.FAILED: ("stop", "stop"),
    _S.CANCELLED: ("todo", "close"),
    _S.REMOVED: ("todo", "bin"),
}


def look(state: str) -> Look:
    """Return how a state is drawn."""
    known = PackState(state)
    return Look(str(known.label), *_LOOKS.get(known, ("wait", "clock")))
