"""Reading the record as the sealer does: from the stored bytes alone, believing no column."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.record.merkle import CompactRange, leaf_hash
from portal.record.models import Event

_CHUNK = 2000


class RecordBroken(Exception):
    """The record is not what was sealed; ``seq`` is where it first shows."""

    def __init__(self, seq: int, sentence: str) -> None:
        super().__init__(sentence)
        self.seq = seq
        self.sentence = sentence


@dataclass
class Position:
    """How far the record was read: its tree up to there, and the time of the last event."""

    tree: CompactRange = field(default_factory=CompactRange)
    time: str = ""

    def copy(self) -> "Position":
        """Return the same position, to be read on from without moving this one."""
        return Position(CompactRange(self.tree.size, self.tree.packed()), self.time)


def read_on(position: Position, *, known: dict[int, bytes]) -> None:
    """Read every event after ``position`` and move it to the end.

    ``known`` are roots that were signed before, by size: passing one, the root must be the same.

    Raises:
        RecordBroken: at a gap, a time that goes back, bytes that are no event, another root than
            was signed, or an end before the largest size that was signed.
    """
    for seq, body in _bodies(position.tree.size):
        _take(position, seq, body)
        expected = known.get(position.tree.size)
        if expected is not None and position.tree.root() != expected:
            raise RecordBroken(
                seq, f"the events up to {seq} are not those that were sealed when there were {seq}"
            )
    longest = max(known, default=0)
    if position.tree.size < longest:
        raise RecordBroken(
            position.tree.size + 1,
            f"{longest} events were sealed, but the record ends after {position.tree.size}",
        )


def _bodies(after: int) -> Iterator[tuple[int, bytes]]:
    """Return (number, bytes) of each event after a number, in order."""
    rows = Event.objects.filter(seq__gt=after).order_by("seq").values_list("seq", "body")
    for seq, body in rows.iterator(chunk_size=_CHUNK):
        yield seq, bytes(body)


def _take(position: Position, seq: int, body: bytes) -> None:
    """Add one event to the position, if it may come next."""
    expected = position.tree.size + 1
    if seq != expected:
        raise RecordBroken(expected, f"event {expected} is missing: {seq} comes next")
    try:
        said = json.loads(body)
        numbered, time = said["seq"], said["t"]
    except (ValueError, KeyError, TypeError) as error:
        raise RecordBroken(seq, f"the bytes of event {seq} are no event") from error
    if numbered != seq:
        raise RecordBroken(seq, f"the bytes in place {seq} are those of event {numbered}")
    if not isinstance(time, str) or time < position.time:
        raise RecordBroken(seq, f"event {seq} is dated before the event above it")
    position.tree.append(leaf_hash(body))
    position.time = time
