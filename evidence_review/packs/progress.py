"""How far a pack is, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from evidence_review.packs.models import Pack
from evidence_review.packs.states import UNDER_WAY, PackState
from portal.chrome.words import day, file_size
from portal.sealing.standing import SealState, seal_standing

_S = PackState
_STEPS = (
    (_S.LISTING, "List what was approved"),
    (_S.WRITING, "Write the report"),
    (_S.SEALING, "Wait for the seal"),
    (_S.PACKING, "Pack the files"),
    (_S.READY, "Ready"),
)
_ORDER = [state for state, _ in _STEPS]


@dataclass(frozen=True)
class Progress:
    """What is said of a pack: a sentence, the steps, and how much of the packing is done."""

    sentence: str
    steps: tuple[tuple[str, str], ...]
    percent: int | None
    is_moving: bool


def progress_of(pack: Pack) -> Progress:
    """Return how far a pack is."""
    return Progress(_sentence(pack), _steps(pack), _percent(pack), pack.state in UNDER_WAY)


def _sentence(pack: Pack) -> str:
    say = _SENTENCES.get(PackState(pack.state))
    return say(pack) if say else pack.problem


def _waiting(pack: Pack) -> str:
    if Pack.objects.filter(state__in=UNDER_WAY, pk__lt=pack.pk).exists():
        return "Another pack is being made first."
    return "It starts in a moment."


def _sealing() -> str:
    standing = seal_standing()
    waits = "Waiting for the record to be sealed, so that everything in the pack can be proven."
    return waits if standing.state is SealState.SEALED else f"{waits} {standing.seen}."


def _removed(pack: Pack) -> str:
    return (
        f"The file was removed on {day(pack.file_removed_at)}, two weeks after it was made. It can "
        "be made again with the same bytes."
    )


def _steps(pack: Pack) -> tuple[tuple[str, str], ...]:
    if pack.state in (_S.REMOVED, _S.CANCELLED):
        return ()
    if pack.state == _S.READY:
        return tuple((word, "done") for _, word in _STEPS)
    if pack.state == _S.FAILED:
        reached = _ORDER.index(_S.PACKING if pack.seal_id else _failed_at(pack))
        return _marked(reached, "stop")
    return _marked(_ORDER.index(PackState(pack.state)) if pack.state in _ORDER else 0, "now")


def _failed_at(pack: Pack) -> PackState:
    return _S.SEALING if pack.is_settled else _S.LISTING


def _marked(reached: int, mark: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (word, "done" if at < reached else mark if at == reached else "later")
        for at, (_, word) in enumerate(_STEPS)
    )


def _percent(pack: Pack) -> int | None:
    if pack.state != _S.PACKING or not pack.bytes_total:
        return None
    return min(100, 100 * pack.bytes_done // pack.bytes_total)


_SENTENCES: dict[PackState, Callable[[Pack], str]] = {
    _S.REQUESTED: _waiting,
    _S.LISTING: lambda pack: "Listing what was approved, when and by whom.",
    _S.WRITING: lambda pack: "Writing the report.",
    _S.SEALING: lambda pack: _sealing(),
    _S.PACKING: lambda pack: (
        f"Packing {file_size(pack.bytes_done)} of {file_size(pack.bytes_total)}."
    ),
    _S.READY: lambda pack: f"Ready. The file has {file_size(pack.size)} and is kept for two weeks.",
    _S.REMOVED: lambda pack: pack.problem or _removed(pack),
    _S.CANCELLED: lambda pack: "It was stopped before it was ready.",
}
