"""Go on sealing after the record was put back from a backup."""

from django.db import transaction

from portal.record.actors import Actor
from portal.record.checkpoints import Checkpoint
from portal.record.models import LogHead
from portal.record.notes import signed
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused
from portal.sealing.actions.keep_seal import keep_seal
from portal.sealing.memory import Memory
from portal.sealing.models import Seal
from portal.sealing.reading import Position, RecordBroken, read_on
from portal.sealing.signing_key import SigningKey


class RestoreRefused(Refused):
    """The record cannot be taken as put back; the reason says why."""


@transaction.atomic
def accept_restore(key: SigningKey, memory: Memory, *, actor: Actor, reason: str) -> Seal:
    """Seal the record as it is after a restore, and say in it what was lost; return the new seal.

    The event names the head that was signed before and is not there any more, so the gap can never
    be hidden: whoever kept that head sees the two apart.

    Raises:
        RestoreRefused: when nothing was lost, or when the record is not whole in itself.
    """
    LogHead.objects.select_for_update().get()
    remembered = memory.last([key.public])
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
    head = Checkpoint(key.name, position.tree.size, position.tree.root())
    note = signed(head.text, [(key.name, key.private)])
    seal = keep_seal(head, note, key.public)
    memory.keep(note)
    return seal


def _agrees(head: Checkpoint) -> bool:
    """Tell whether the record still begins with what was sealed."""
    try:
        read_on(Position(), known={head.size: head.root})
    except RecordBroken:
        return False
    return True
