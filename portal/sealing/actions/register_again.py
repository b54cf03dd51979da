"""Make known again the keys that came after a backup which was put back."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from portal.record.actors import Actor
from portal.record.notes import NoteKey
from portal.record.verbs import Verb
from portal.sealing.actions.replace_key import register_next, tell_of_key
from portal.sealing.key_ring import is_here, statements
from portal.sealing.locks import hands_on
from portal.sealing.models import SealKey
from portal.sealing.statements import Statement, read_statement

_REASON = "The portal was put back from a backup that is older than this key."


def register_again(folder: Path, *, actor: Actor, now: datetime) -> list[SealKey]:
    """Register the keys that the sealer's folder holds statements of; return them, oldest first.

    Nothing is done while the private half of the newest registered key is there: then a change of
    keys was interrupted before anybody heard of it.
    """
    with hands_on(folder), transaction.atomic():
        again: list[SealKey] = []
        while (newest := SealKey.objects.first()) is not None and not is_here(
            folder, newest.public
        ):
            following = _following(folder, newest.public)
            if following is None:
                break
            content, said = following
            reason = _REASON if said.was_lost else ""
            kept = register_next(said.key, content, now=now, reason=reason)
            verb = Verb.SEAL_KEY_LOST if said.was_lost else Verb.SEAL_KEY_ROTATED
            tell_of_key(verb, kept, NoteKey.from_text(newest.public), actor=actor)
            again.append(kept)
        return again


def _following(folder: Path, public: str) -> tuple[str, Statement] | None:
    """Return the statement of the key that replaced ``public``, if the folder holds it."""
    for content in statements(folder):
        said = read_statement(content)
        if said.replaces is not None and str(said.replaces) == public:
            return content, said
    return None
