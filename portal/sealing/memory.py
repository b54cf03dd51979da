"""What the sealer itself remembers: the last head it signed, in a file the portal never writes.

Whoever rewrites the database cannot rewrite this. So a record that was cut short, or put back from
a backup, is noticed even when every row in it agrees with every other.
"""

from pathlib import Path

from portal.record.checkpoints import Checkpoint, NotACheckpoint, read_checkpoint
from portal.record.notes import NotANote, Note, NoteKey, NotSigned, read_note
from portal.sealing.models import Seal
from portal.sealing.reading import RecordBroken
from portal.sealing.signing_key import write_whole
from portal.sealing.stuck import SealerStuck

FILE = "last-head.txt"
MEMORY_ADVICE = (
    "If another sealer is at work, stop this one. If its folder was lost or put back from a copy, "
    "follow “When the key or the memory is lost” in the guide to keys."
)
"""What to do when the sealer's own folder is not what it should be."""


Remembered = tuple[Note, Checkpoint]


class MemoryUnusable(SealerStuck):
    """What the sealer remembers cannot be believed, or is gone."""


class NoRoom(SealerStuck):
    """The sealer cannot write down what it signs, so it signs nothing."""


class Memory:
    """The file of the last head, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def last(self, keys: list[NoteKey]) -> Remembered | None:
        """Return the last head signed by one of ``keys``; None when nothing was ever signed.

        Raises:
            MemoryUnusable: when the file says something that none of the keys signed.
        """
        try:
            note = read_note(self.path.read_text(encoding="utf-8"))
            note.opened_by(keys)
            return note, read_checkpoint(note.text)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise MemoryUnusable(f"{self.path} cannot be read: {error.strerror}.") from error
        except (NotANote, NotSigned, NotACheckpoint, UnicodeDecodeError) as error:
            raise MemoryUnusable(
                f"{self.path} is not what the sealer wrote: {error}.", MEMORY_ADVICE
            ) from error

    def keep(self, note: Note) -> None:
        """Remember a head: on the disk before anybody else hears of it, whole or not at all.

        Raises:
            NoRoom: when it cannot be written. What was remembered before still is.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.path, str(note).encode())
        except OSError as error:
            raise NoRoom(
                f"The sealer cannot write {self.path}: {error.strerror}.",
                "Make room on its disk, or give it the right to write there. It tries again by "
                "itself.",
            ) from error


def check_memory(remembered: Remembered | None, keys: list[NoteKey]) -> None:
    """See that what is remembered is the newest there is.

    Raises:
        MemoryUnusable: when it is gone, or another sealer signed after it.
    """
    newest = Seal.objects.first()
    if newest is None:
        return
    if remembered is None:
        raise MemoryUnusable(
            f"The sealer does not remember what it signed, but {newest.size} events were sealed.",
            MEMORY_ADVICE,
        )
    note, head = remembered
    if newest.note == str(note) or newest.size < head.size:
        return
    try:
        read_note(newest.note).opened_by(keys)
    except (NotANote, NotSigned) as error:
        raise RecordBroken(
            newest.size, f"the newest seal, of {newest.size} events, is forged: {error}"
        ) from error
    raise MemoryUnusable(
        f"{newest.size} events were sealed by another sealer. This one remembers {head.size}.",
        MEMORY_ADVICE,
    )
