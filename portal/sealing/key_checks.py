"""Whether every key is vouched for: a part of I7."""

from collections.abc import Iterator

from portal.record.models import Event
from portal.record.notes import NoteKey
from portal.record.verbs import Verb
from portal.sealing.models import Seal, SealKey
from portal.sealing.statements import NotAStatement, Statement, read_statement


def key_problems() -> Iterator[str]:
    """Yield what speaks against a key: its statement, its event, or seals made after its end."""
    before: SealKey | None = None
    for key in SealKey.objects.order_by("pk"):
        try:
            said = read_statement(key.statement)
        except NotAStatement as error:
            yield f"the statement of the key {key.fingerprint} does not hold: {error}"
        else:
            yield from _problems_of(key, said, before)
        if before is not None:
            yield from _signed_too_late(before, key)
        before = key


def _problems_of(key: SealKey, said: Statement, before: SealKey | None) -> Iterator[str]:
    """Yield what a statement gets wrong of its own key and of the one before."""
    if str(said.key) != key.public or said.key.fingerprint != key.fingerprint:
        yield f"the statement of the key {key.fingerprint} is about another key"
    replaced = str(said.replaces) if said.replaces else None
    if replaced != (before.public if before else None):
        yield f"the key {key.fingerprint} does not say that it replaces the key before it"
    if before is not None and not _event_of(key, said, before):
        yield f"the record does not say that the key {key.fingerprint} came into use"


def _event_of(key: SealKey, said: Statement, before: SealKey) -> bool:
    """Tell whether the record says that a key replaced the one before it, and how."""
    events = Event.objects.filter(
        verb=Verb.SEAL_KEY_LOST if said.was_lost else Verb.SEAL_KEY_ROTATED,
        object_kind="seal_key",
        object_ref=NoteKey.from_text(key.public).id.hex(),
    )
    fingerprints = {"fingerprint": key.fingerprint, "replaced_fingerprint": before.fingerprint}
    return any(event.facts == fingerprints for event in events)


def _signed_too_late(old: SealKey, new: SealKey) -> Iterator[str]:
    """Yield seals that a key made after the key that replaced it made its first."""
    first = Seal.objects.filter(key=new).order_by("pk").values_list("pk", flat=True).first()
    if first is None:
        return
    for size in Seal.objects.filter(key=old, pk__gt=first).values_list("size", flat=True):
        yield f"the seal of {size} events was made with a key that was replaced before"
