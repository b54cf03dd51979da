"""The sealer: reads the record, compares it with what it signed before, and signs, or refuses."""

import logging
import time
from datetime import datetime
from pathlib import Path

from portal.record.checkpoints import Checkpoint
from portal.record.models import Event
from portal.record.notes import Note, signed
from portal.sealing.actions.keep_seal import keep_problem, keep_seal
from portal.sealing.memory import Memory
from portal.sealing.models import Seal
from portal.sealing.reading import Position, RecordBroken, read_on
from portal.sealing.signing_key import SigningKey
from portal.sealing.urgency import is_due

log = logging.getLogger(__name__)
READ_ALL_EVERY_SECONDS = 3600.0


class Sealer:
    """Holds the key and the memory; made once by the process that seals.

    Between whole readings only new events are read; the whole record is read when the process
    starts, every hour, and again before it says that something is wrong.
    """

    def __init__(self, key: SigningKey, folder: Path) -> None:
        """Raise ``MemoryUnusable`` when what was remembered cannot be believed."""
        self.key = key
        self.memory = Memory(folder)
        self._position = Position()
        self._read_all_at = float("-inf")
        self._keep_what_was_signed()

    def work(self, now: datetime) -> Seal | None:
        """Seal if it is due; return the new seal.

        Raises:
            RecordBroken: when the record is not what was sealed. The problem is kept for the
                screens, nothing is signed, and nothing will be until the record is whole again.
        """
        last = Seal.objects.first()
        due = is_due(last.size if last else 0, last.sealed_at if last else None, now)
        whole = self._must_read_all()
        if not whole and not due:
            return None
        try:
            position = self._read(whole=whole)
        except RecordBroken as broken:
            self._read_all_at = float("-inf")
            keep_problem(broken.seq, broken.sentence, now=now)
            raise
        self._position = position
        if not due:
            return None
        head = Checkpoint(self.key.name, position.tree.size, position.tree.root())
        note = signed(head.text, [(self.key.name, self.key.private)])
        self.memory.keep(note)
        return keep_seal(head, note, self.key.public, now=now)

    def _must_read_all(self) -> bool:
        """Tell whether the hour is over, or the record is shorter than it was."""
        newest = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        an_hour_on = time.monotonic() - self._read_all_at >= READ_ALL_EVERY_SECONDS
        return an_hour_on or newest < self._position.tree.size

    def _read(self, *, whole: bool) -> Position:
        """Return the end of the record, having checked it against what is remembered."""
        remembered = self.memory.last([self.key.public])
        known = {remembered[1].size: remembered[1].root} if remembered else {}
        position = Position() if whole else self._position.copy()
        read_on(position, known=known)
        if whole:
            self._read_all_at = time.monotonic()
        return position

    def _keep_what_was_signed(self) -> None:
        """Publish a head that was signed and remembered just before the process was killed."""
        remembered = self.memory.last([self.key.public])
        if remembered and not Seal.objects.filter(note=str(remembered[0])).exists():
            note, head = remembered
            log.warning("Publishing a seal of %s events that was signed but not kept", head.size)
            self._publish_after_checking(note, head)

    def _publish_after_checking(self, note: Note, head: Checkpoint) -> None:
        """Keep a remembered seal, unless the record no longer holds it: then ``work`` says so."""
        position = Position()
        try:
            read_on(position, known={head.size: head.root})
        except RecordBroken:
            return
        keep_seal(head, note, self.key.public)
