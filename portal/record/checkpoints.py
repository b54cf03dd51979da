"""Checkpoints: the head of the record at one size, in the form of https://c2sp.org/tlog-checkpoint.

A checkpoint says "the first N events have this root"; signed, it is what others may keep.
"""

import base64
import re
from dataclasses import dataclass

from portal.record.merkle import HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_MANDATORY_LINES = 3


class NotACheckpoint(ValueError):
    """The text of a note is no checkpoint; the message says why."""


@dataclass(frozen=True)
class Checkpoint:
    """``origin`` names the log, ``size`` counts its events, ``root`` is its 32-byte Merkle root.

    ``extensions`` are further lines that other logs may have; ours write none.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ``NotACheckpoint`` for values that would read back as something else."""
        if not self.origin or any("\n" in line or not line for line in self.lines):
            raise NotACheckpoint("no line of a checkpoint is empty or holds a newline")
        if self.size < 0 or len(self.root) != HASH_BYTES:
            raise NotACheckpoint("a checkpoint has a size from 0 and a root of 32 bytes")

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, in order."""
        root = base64.b64encode(self.root).decode()
        return (self.origin, str(self.size), root, *self.extensions)

    @property
    def text(self) -> str:
        """The text that is signed."""
        return "".join(f"{line}\n" for line in self.lines)


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of a note that was opened with a trusted key.

    Raises:
        NotACheckpoint: when it is not exactly in the form.
    """
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < _MANDATORY_LINES or not _SIZE.fullmatch(lines[1]):
        raise NotACheckpoint("a checkpoint has an origin, a size and a root, a line each")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError as error:
        raise NotACheckpoint("the third line of a checkpoint is its root in base64") from error
    checkpoint = Checkpoint(lines[0], int(lines[1]), root, tuple(lines[_MANDATORY_LINES:]))
    if checkpoint.text != text:
        raise NotACheckpoint("this checkpoint is not written in its one form")
    return checkpoint
