"""The statement that names a key, as docs/pack-format.md has it.

It is a note signed by the key itself and, where it was replaced in good order, by the key before.
"""

from dataclasses import dataclass
from datetime import datetime

from portal.record.canonical import time_text
from portal.record.notes import NotANote, Note, NoteKey, NotSigned, read_note, signed
from portal.sealing.signing_key import SigningKey

STATEMENT = "wellkept.org/seal-key@v1"
"""The first line of the statement that names a key."""
_LINES = 4
_NONE, _LOST = "none", "lost "


class NotAStatement(ValueError):
    """The text is no statement of a key; the message says why."""


@dataclass(frozen=True)
class Statement:
    """What a statement says: the key, since when, and which key it replaces, if any."""

    key: NoteKey
    since: str
    replaces: NoteKey | None
    was_lost: bool


def state(
    key: SigningKey,
    *,
    now: datetime,
    replaces: NoteKey | None = None,
    by: SigningKey | None = None,
) -> Note:
    """Return the signed statement of a new key.

    ``by`` is the key before it, which signs, too; without it ``replaces`` was lost.
    """
    if replaces is None:
        before = _NONE
    else:
        before = str(replaces) if by is not None else f"{_LOST}{replaces}"
    text = f"{STATEMENT}\n{key.public}\nfrom {time_text(now)}\nreplaces {before}\n"
    signers = [key] if by is None else [key, by]
    return signed(text, [(signer.name, signer.private) for signer in signers])


def read_statement(content: str) -> Statement:
    """Return what a statement says, once the keys that must have signed it are found to have.

    Raises:
        NotAStatement: when it has another form, or a signature is missing or false.
    """
    try:
        note = read_note(content)
        said = _said(note.text)
        must_sign = [said.key]
        if said.replaces is not None and not said.was_lost:
            must_sign.append(said.replaces)
        for key in must_sign:
            note.opened_by([key])
    except (NotANote, NotSigned) as error:
        raise NotAStatement(str(error)) from error
    return said


def _said(text: str) -> Statement:
    """Read the four lines."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != _LINES or lines[0] != STATEMENT:
        raise NotAStatement(f"a statement has {_LINES} lines and begins with {STATEMENT}")
    since, replaces = lines[2].removeprefix("from "), lines[3].removeprefix("replaces ")
    if since == lines[2] or replaces == lines[3]:
        raise NotAStatement("a statement says from when its key is, and which key it replaces")
    before = replaces.removeprefix(_LOST)
    try:
        return Statement(
            key=NoteKey.from_text(lines[1]),
            since=since,
            replaces=None if replaces == _NONE else NoteKey.from_text(before),
            was_lost=before != replaces,
        )
    except ValueError as error:
        raise NotAStatement(str(error)) from error
