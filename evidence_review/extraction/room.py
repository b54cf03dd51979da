"""The parser room of this part of the house: the gate's room with other jobs in it.

The gate's own room keeps its jobs as they are; this one costs a process of its own in each worker
that takes something out of files, started with the first of them.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from evidence_review.evidence.gate import Code, Limits
from evidence_review.evidence.gate.room import Room
from evidence_review.evidence.storage import byte_store
from evidence_review.extraction.outcomes import Outcome

ROOM = Room("evidence_review.extraction.parsers")
_TOO_BIG = frozenset(
    {
        Code.TOO_MANY_PARTS,
        Code.UNPACKS_TOO_BIG,
        Code.PACKED_TOO_TIGHT,
        Code.PICTURE_TOO_LARGE,
    }
)
_LATE = "took too long"


@dataclass(frozen=True)
class Taken:
    """What a child took out of a file: ``output`` is where it wrote, rewound.

    ``outcome`` is DONE unless something stood in the way, and ``problem`` says what. ``again`` says
    that a second try may end otherwise: the child died or was late, and the machine may be why.
    """

    output: BinaryIO
    outcome: Outcome = Outcome.DONE
    problem: str = ""
    again: bool = False
    facts: Mapping[str, int | str] = field(default_factory=dict)

    def number(self, fact: str) -> int:
        """Return a number the child told; nothing that makes no sense comes through."""
        value = self.facts.get(fact, 0)
        return min(max(0, value), 1_000_000) if isinstance(value, int) else 0


@contextmanager
def take_out(
    sha256: str, job: str, *, extension: str, limits: Limits, room: Room | None = None
) -> Iterator[Taken]:
    """Have kept bytes looked at by a job of this room, in the limited child.

    Raises ``BytesMissing`` when there are none, OSError when they cannot be read, and
    ``RoomUnavailable`` when no room starts; none of these says anything about the file.
    """
    with (
        tempfile.TemporaryFile() as output,
        byte_store().local_copy(sha256) as path,
        Path(path).open("rb") as source,
    ):
        answer = (room or ROOM).ask(
            job, source.fileno(), extension=extension, limits=limits, output=output.fileno()
        )
        output.seek(0)
        if answer.problem:
            outcome = Outcome.LATE if answer.problem == _LATE else Outcome.FAILED
            yield Taken(output, outcome, answer.problem, again=True)
        elif answer.codes:
            too_big = _TOO_BIG.intersection(answer.codes)
            outcome = Outcome.TOO_BIG if too_big else Outcome.FAILED
            yield Taken(output, outcome, ", ".join(answer.codes))
        else:
            yield Taken(output, facts=answer.facts)
