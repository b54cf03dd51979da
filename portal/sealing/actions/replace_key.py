"""Replace the sealer's key: in good order, or because it was lost."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from portal.faults import fault_point
from portal.record.actors import Actor
from portal.record.checkpoints import NotACheckpoint, read_checkpoint
from portal.record.notes import NotANote, Note, NoteKey, NotSigned, read_note
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused
from portal.sealing.checking import tidied
from portal.sealing.key_ring import (
    keep_statement,
    key_in_use,
    new_key,
    registered_keys,
    retire_old_keys,
)
from portal.sealing.locks import hands_on
from portal.sealing.memory import Memory, MemoryUnusable, check_memory
from portal.sealing.models import Seal, SealKey
from portal.sealing.signing_key import KeyUnusable
from portal.sealing.statements import state

_LONGEST_REASON = 200


class KeyNotReplaced(Refused):
    """The key stays as it is; the reason says why."""


def rotate_key(folder: Path, *, actor: Actor, now: datetime) -> SealKey:
    """Replace the key in use by a new one, which the old one vouches for; return the new.

    The name of the record stays. Killed at any step, either the old key is in use, or the new one.

    Raises:
        KeyUnusable: when the key in use is not in the folder.
    """
    with hands_on(folder):
        old = key_in_use(folder)
        key, place = new_key(folder, old.name)
        statement = str(state(key, now=now, replaces=old.public, by=old))
        keep_statement(place, statement)
        fault_point("key.stated")
        with transaction.atomic():
            kept = register_next(key.public, statement, now=now)
            tell_of_key(Verb.SEAL_KEY_ROTATED, kept, old.public, actor=actor)
            fault_point("key.before_commit")
        fault_point("key.registered")
        retire_old_keys(folder)
        return kept


def replace_lost_key(
    folder: Path, *, actor: Actor, reason: str, now: datetime, checkpoint: str = ""
) -> SealKey:
    """Replace a key that is lost, or whose memory is; nobody vouches for the new one.

    What the sealer still remembers is kept. When it remembers nothing, it is given the longest of
    the newest seal and ``checkpoint``, a signed head that somebody kept outside; so a record that
    was cut short meanwhile is not signed.

    Raises:
        KeyNotReplaced: when neither key nor memory is lost, there never was a key, the reason is
            missing or too long, or no key of this portal signed ``checkpoint``.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > _LONGEST_REASON:
        raise KeyNotReplaced(f"Say why, in up to {_LONGEST_REASON} characters.")
    with hands_on(folder):
        keys, memory = registered_keys(), Memory(folder)
        _see_that_it_is_lost(folder, memory, keys)
        longest = _longest_head(memory, checkpoint, keys)
        key, place = new_key(folder, keys[0].name)
        statement = str(state(key, now=now, replaces=keys[0]))
        keep_statement(place, statement)
        fault_point("key.stated")
        if longest is not None:
            memory.keep(longest)
        fault_point("key.remembered")
        with transaction.atomic():
            kept = register_next(key.public, statement, now=now, reason=reason)
            tell_of_key(Verb.SEAL_KEY_LOST, kept, keys[0], actor=actor)
            fault_point("key.before_commit")
        fault_point("key.registered")
        retire_old_keys(folder)
        return kept


def _see_that_it_is_lost(folder: Path, memory: Memory, keys: list[NoteKey]) -> None:
    """Raise ``KeyNotReplaced`` while there is nothing to replace, or nothing is lost."""
    if not keys:
        raise KeyNotReplaced("Nothing was ever sealed. Start the sealer: it makes a key.")
    if _is_there(folder) and not _has_forgotten(memory, keys):
        raise KeyNotReplaced(
            "The key is there, and so is the memory. Use manage.py rotate_seal_key."
        )


def register_next(key: NoteKey, statement: str, *, now: datetime, reason: str = "") -> SealKey:
    """Keep the new key; from the end of this transaction on it is the one in use."""
    return SealKey.objects.create(
        public=str(key),
        fingerprint=key.fingerprint,
        starts=now,
        statement=statement,
        reason=reason,
    )


def tell_of_key(verb: Verb, kept: SealKey, old: NoteKey, *, actor: Actor) -> None:
    """Write into the record that the key changed."""
    record(
        verb,
        ObjectRef("seal_key", NoteKey.from_text(kept.public).id.hex()),
        actor=actor,
        facts={"fingerprint": kept.fingerprint, "replaced_fingerprint": old.fingerprint},
        detail={"reason": kept.reason} if kept.reason else {},
    )


def _has_forgotten(memory: Memory, keys: list[NoteKey]) -> bool:
    """Tell whether what was signed last is not in the memory."""
    try:
        check_memory(memory.last(keys), keys)
    except MemoryUnusable:
        return True
    return False


def _is_there(folder: Path) -> bool:
    """Tell whether the key in use can be used."""
    try:
        key_in_use(folder)
    except KeyUnusable:
        return False
    return True


def _longest_head(memory: Memory, checkpoint: str, keys: list[NoteKey]) -> Note | None:
    """Return the head of the longest record among all that is known to be signed."""
    known = [read_note(note) for note in Seal.objects.values_list("note", flat=True)[:1]]
    try:
        remembered = memory.last(keys)
    except MemoryUnusable:
        remembered = None
    if remembered is not None:
        known.append(remembered[0])
    if checkpoint:
        known.append(_outside_head(checkpoint, keys))
    sized = [(read_checkpoint(note.text).size, place, note) for place, note in enumerate(known)]
    return max(sized)[2] if sized else None


def _outside_head(checkpoint: str, keys: list[NoteKey]) -> Note:
    """Return a checkpoint that was kept outside, which a key of this portal must have signed."""
    try:
        note = read_note(tidied(checkpoint))
        note.opened_by(keys)
        read_checkpoint(note.text)
    except (NotANote, NotSigned, NotACheckpoint) as error:
        raise KeyNotReplaced(
            f"The checkpoint cannot be used: {error}. Give the whole file as it was kept."
        ) from error
    return note
