"""I7: the record is the one that was sealed, at every seal there ever was."""

from collections.abc import Iterator

from portal.record.checkpoints import NotACheckpoint, read_checkpoint
from portal.record.models import Event
from portal.record.notes import NotANote, NoteKey, NotSigned, read_note
from portal.record.verbs import Verb
from portal.sealing.key_checks import key_problems
from portal.sealing.models import Seal
from portal.sealing.reading import Position, RecordBroken, read_on


def seals_agree() -> Iterator[str]:
    """I7: every signed head agrees with the record and every key is vouched for.

    Yields what speaks against one. Reads the whole record once. Seals of events that a restore
    lost are known from the event that says so, and are passed over.
    """
    yield from key_problems()
    known: dict[int, bytes] = {}
    lost = _lost()
    for seal in Seal.objects.select_related("key").order_by("pk").iterator():
        try:
            note = read_note(seal.note)
            note.opened_by([NoteKey.from_text(seal.key.public)])
            head = read_checkpoint(note.text)
        except (NotANote, NotSigned, NotACheckpoint, ValueError) as error:
            yield f"the seal of {seal.size} events does not hold: {error}"
            continue
        if (head.size, head.root.hex()) != (seal.size, seal.root):
            yield f"the seal of {seal.size} events is listed as another than was signed"
        if seal.pk not in lost:
            known[head.size] = head.root
    try:
        read_on(Position(), known=known)
    except RecordBroken as broken:
        yield broken.sentence


def _lost() -> set[int]:
    """Return the keys of seals that a restore is on record to have lost.

    Each has a size that the restore names, and a later seal of no more events: the record went on
    from below it.
    """
    restores = Event.objects.filter(verb=Verb.RECORD_RESTORED).order_by("seq")
    spans = [(int(event.facts["kept_size"]), int(event.facts["lost_size"])) for event in restores]
    if not spans:
        return set()
    lost: set[int] = set()
    lowest: int | None = None
    for pk, size in Seal.objects.order_by("-pk").values_list("pk", "size").iterator():
        if lowest is not None and size >= lowest and any(kept < size <= top for kept, top in spans):
            lost.add(pk)
        lowest = size if lowest is None else min(lowest, size)
    return lost
