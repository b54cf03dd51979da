"""What the sealer itself remembers: the last head it signed, in a file the portal never writes.

Whoever rewrites the database cannot rewrite this. So a record that was cut short, or put back from
a backup, is noticed even when every row in it agrees with every other.
"""

import os
from pathlib import Path

from portal.record.checkpoints import Checkpoint, NotACheckpoint, read_checkpoint
from portal.record.notes import NotANote, Note, NoteKey, NotSigned, read_note

FILE = "last-head.txt"
_ONLY_OWNER = 0o600


class MemoryUnusable(Exception):
    """What the sealer remembers cannot be believed; the message says why."""


class Memory:
    """The file of the last head, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def last(self, keys: list[NoteKey]) -> tuple[Note, Checkpoint] | None:
        """Return the last head signed by one of ``keys``; None when nothing was ever signed.

        Raises:
            MemoryUnusable: when the file says something that none of the keys signed.
        """
        try:
            content = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        try:
            note = read_note(content)
            note.opened_by(keys)
            return note, read_checkpoint(note.text)
        except (NotANote, NotSigned, NotACheckpoint, UnicodeDecodeError) as error:
            raise MemoryUnusable(f"{self.path} is not what the sealer wrote: {error}.") from error

    def keep(self, note: Note) -> None:
        """Remember a head: on the disk before anybody else hears of it, whole or not at all."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _ONLY_OWNER)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(str(note))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
