"""Go on sealing after the record was put back from a backup."""

from django.db import transaction

from portal.faults import fault_point
from portal.record.actors import Actor
from portal.record.checkpoints import Checkpoint
from portal.record.models import LogHead
from portal.record.notes import signed
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused
from portal.sealing.actions.keep_seal import keep_seal
from portal.sealing.key_ring import registered_keys
from portal.sealing.locks import hands_on
from portal.sealing.memory import Memory
from portal.sealing.models import Seal
from portal.sealing.reading import Position, RecordBroken, read_on
from portal.sealing.signing_key import SigningKey


class RestoreRefused(Refused):
    """The record cannot be taken as put back; the reason says why."""


def accept_restore(key: SigningKey, memory: Memory, *, actor: Actor, reason: str) -> Seal:
    """Seal the record as it is after a restore, and say in it what was lost; return the new seal.

    The event names the head that was signed before and is not there any more, so the gap can never
    be hidden: whoever kept that head sees the two apart. Killed before the sealer remembers the new
    head, it is to be done again, and the record then says it twice.

    Raises:
        RestoreRefused: when nothing was lost, when the record is not whole in itself, or when no
            reason is given.
    """
    if not reason.strip():
        raise RestoreRefused("Say why the backup was put back. The record keeps it for good.")
    with hands_on(memory.path.parent):
        with transaction.atomic():
            LogHead.objects.select_for_update().get()
            position = _say_what_was_lost(memory, actor=actor, reason=reason)
            head = Checkpoint(key.name, position.tree.size, position.tree.root())
            note = signed(head.text, [(key.name, key.private)])
            seal = keep_seal(head, note, key.public)
        fault_point("restore.kept")
        memory.keep(note)
        return seal


def _say_what_was_lost(memory: Memory, *, actor: Actor, reason: str) -> Position:
    """Write the event, and return the end of the record after it."""
    remembered = memory.last(registered_keys())
    if remembered is None or _agrees(remembered[1]):
        raise RestoreRefused("The record is what was sealed. There is nothing to accept.")
    lost = remembered[1]
    position = Position()
    try:
        read_on(position, known={})
    except RecordBroken as broken:
        raise RestoreRefused(
            f"The record is not whole in itself: {broken.sentence}. Put back a better backup."
        ) from broken
    record(
        Verb.RECORD_RESTORED,
        ObjectRef("record", "record"),
        actor=actor,
        facts={
            "lost_size": lost.size,
            "lost_root": lost.root.hex(),
            "kept_size": position.tree.size,
        },
        detail={"reason": reason},
    )
    read_on(position, known={})
    return position


def _agrees(head: Checkpoint) -> bool:
    """Tell whether the record still begins with what was sealed."""
    try:
        read_on(Position(), known={head.size: head.root})
    except RecordBroken:
        return False
    return True
