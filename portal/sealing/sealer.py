"""The sealer: reads the record, compares it with what it signed before, and signs, or refuses."""

import logging
import time
from datetime import datetime
from pathlib import Path

from portal.faults import fault_point
from portal.record.checkpoints import Checkpoint
from portal.record.models import Event
from portal.record.notes import Note, signed
from portal.sealing.actions.keep_seal import keep_problem, keep_seal
from portal.sealing.key_ring import key_in_use, registered_keys
from portal.sealing.locks import hands_on
from portal.sealing.memory import Memory, check_memory
from portal.sealing.models import Seal, SealKey, SealProblem
from portal.sealing.reading import Position, RecordBroken, read_on
from portal.sealing.signing_key import SigningKey
from portal.sealing.stuck import SealerStuck
from portal.sealing.urgency import is_due

log = logging.getLogger(__name__)
READ_ALL_EVERY_SECONDS = 3600.0


class Sealer:
    """Holds the key and the memory; made once by the process that seals.

    Between whole readings only new events are read; the whole record is read when the process
    starts, every hour, when somebody else wrote the memory, and again before it says that
    something is wrong.
    """

    def __init__(self, key: SigningKey, folder: Path) -> None:
        """Publish what was signed before.

        Raises:
            MemoryUnusable: when what was remembered cannot be believed.
        """
        self.key = key
        self.folder = folder
        self.memory = Memory(folder)
        self._position = Position()
        self._memory_at_position = ""
        self._read_all_at = float("-inf")
        with hands_on(folder):
            self._keep_what_was_signed()
        self._in_trouble = SealProblem.objects.filter(ended_at=None).exists()

    def work(self, now: datetime) -> Seal | None:
        """Seal if it is due; return the new seal.

        Raises:
            RecordBroken: when the record is not what was sealed.
            SealerStuck: when key, memory or disk are not as they must be.
                Either is kept for the screens, nothing is signed, and nothing will be until all is
                well again; then the record is sealed at once.
        """
        try:
            with hands_on(self.folder):
                return self._work(now)
        except RecordBroken as broken:
            self._give_up()
            keep_problem(broken.seq, broken.sentence, now=now)
            raise
        except SealerStuck as stuck:
            self._give_up()
            keep_stuck(stuck, now=now)
            raise

    def _work(self, now: datetime) -> Seal | None:
        self._follow_key()
        last = Seal.objects.first()
        due = self._in_trouble or is_due(
            last.size if last else 0, last.sealed_at if last else None, now
        )
        whole = self._must_read_all()
        if not whole and not due:
            return None
        self._position = self._read(whole=whole)
        if not due:
            return None
        seal = self._sign(self._position, now)
        self._in_trouble = False
        return seal

    def _follow_key(self) -> None:
        """Take up the newest key, if it was replaced since the last look."""
        if SealKey.objects.values_list("public", flat=True).first() != str(self.key.public):
            self.key = key_in_use(self.folder)
            log.info("Signing with the key %s from now on", self.key.public.fingerprint)

    def _must_read_all(self) -> bool:
        """Tell whether the hour is over, or the record is shorter than it was."""
        newest = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        an_hour_on = time.monotonic() - self._read_all_at >= READ_ALL_EVERY_SECONDS
        return an_hour_on or newest < self._position.tree.size

    def _read(self, *, whole: bool) -> Position:
        """Return the end of the record, having checked it against what is remembered."""
        keys = registered_keys()
        remembered = self.memory.last(keys)
        if remembered is None:
            check_memory(None, keys)
        known = {remembered[1].size: remembered[1].root} if remembered else {}
        whole = whole or self._memory_at_position != (str(remembered[0]) if remembered else "")
        position = Position() if whole else self._position.copy()
        read_on(position, known=known)
        check_memory(remembered, keys)
        if whole:
            self._read_all_at = time.monotonic()
        self._memory_at_position = str(remembered[0]) if remembered else ""
        return position

    def _sign(self, position: Position, now: datetime) -> Seal:
        """Sign the head, remember it, and only then let others know."""
        head = Checkpoint(self.key.name, position.tree.size, position.tree.root())
        note = signed(head.text, [(self.key.name, self.key.private)])
        fault_point("seal.signed")
        self.memory.keep(note)
        self._memory_at_position = str(note)
        fault_point("seal.remembered")
        seal = keep_seal(head, note, self.key.public, now=now)
        fault_point("seal.kept")
        return seal

    def _give_up(self) -> None:
        """Read everything at the next look, and sign as soon as all is well."""
        self._read_all_at = float("-inf")
        self._in_trouble = True

    def _keep_what_was_signed(self) -> None:
        """Publish a head that was signed and remembered just before the process was killed."""
        remembered = self.memory.last(registered_keys())
        if remembered and not _is_published(*remembered):
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
        signers = note.opened_by(registered_keys())
        keep_seal(head, note, signers[0])


def _is_published(note: Note, head: Checkpoint) -> bool:
    """Tell whether a head is among the seals, looking at those of its size only."""
    return Seal.objects.filter(size=head.size, note=str(note)).exists()


def keep_stuck(stuck: SealerStuck, *, now: datetime) -> None:
    """Keep for the screens why the sealer cannot work."""
    last = Seal.objects.first()
    keep_problem(
        (last.size if last else 0) + 1,
        stuck.sentence,
        now=now,
        kind=SealProblem.Kind.SEALER,
        advice=stuck.advice,
    )
