"""What somebody hands in to be checked, told apart and answered in plain sentences."""

import re
from dataclasses import dataclass

from portal.chrome.words import in_words
from portal.record.checkpoints import NotACheckpoint, read_checkpoint
from portal.record.notes import NotANote, Note, NoteKey, NotSigned, read_note
from portal.record.proof_files import HEADER, NotAProof, read_proof
from portal.sealing.checking import Checked, check_checkpoint, check_proof
from portal.sealing.models import Seal, SealKey

_NOTE = r"[^\n]+\n\d{1,16}\n[A-Za-z0-9+/]{43}=\n(?:[^\n—][^\n]*\n)*\n(?:— [^\n]+\n)+"
_CHECKPOINT = re.compile(rf"^{_NOTE}", re.MULTILINE)
_PROOF = re.compile(rf"^{re.escape(HEADER)}\n(?:[^\n]+\n)+\n{_NOTE}", re.MULTILINE)
_SHEET = re.compile(r"(?P<size>\d{1,3}(?:,\d{3})+|\d{1,16})\D*?\s(?P<root>(?:[0-9a-f]\s*){64})")
_QUOTED = re.compile(r"^(?:>[ ]?)+", re.MULTILINE)
_LONGEST_SHEET = 400
_WHOLE = "Copy it again, from its first line to the line that begins with “—”."
_NEITHER = "This is not a checkpoint, a proof or the numbers of a sheet. " + _WHOLE


@dataclass(frozen=True)
class Line:
    """One thing that was looked at: what it was, whether it is as it should be, and a sentence."""

    about: str
    holds: bool
    sentence: str


def examine(text: str, body: bytes | None = None) -> list[Line]:
    """Say of a checkpoint, a proof or a sheet what this portal knows of it, line by line.

    ``body`` is the event that a proof is about, as its holder has it. Nothing is believed, and
    what stands around a checkpoint, such as the rest of an e-mail, is passed over.
    """
    plain = _plain(text)
    if HEADER in plain:
        return _proof(plain, body)
    found = _CHECKPOINT.search(plain)
    if found is None and (sheet := _sheet(plain)):
        return sheet
    return _checkpoint(found[0] if found else plain)


def examine_sheet(size: int, root: str) -> list[Line]:
    """Say whether this portal keeps a seal of ``size`` events with a root, given in hex."""
    seal = Seal.objects.filter(size=size, root=root).first()
    if seal is not None:
        return [_line_of_record(check_checkpoint(seal.note))]
    events = in_words(size, "event,events")
    return [
        Line(
            "The record",
            False,
            f"This portal keeps no seal of {events} with this root. Compare what you typed with "
            "the sheet. If it is the same, keep the sheet safe: the record was changed.",
        )
    ]


def _plain(text: str) -> str:
    """Return text with plain line ends, no spaces at them, and no signs of quoting."""
    lines = _QUOTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip().split("\n")
    return "".join(f"{line.strip()}\n" for line in lines)


def _sheet(plain: str) -> list[Line] | None:
    """Answer for the numbers of a sheet; ``None`` when the text is something else."""
    found = _SHEET.fullmatch(plain.lower()) if len(plain) <= _LONGEST_SHEET else None
    if found is None:
        return None
    root = "".join(found["root"].split())
    return examine_sheet(int(found["size"].replace(",", "")), root)


def _checkpoint(content: str) -> list[Line]:
    try:
        note = read_note(content)
        read_checkpoint(note.text)
    except (NotANote, NotACheckpoint):
        return [Line("What you gave", False, _NEITHER)]
    return [*_signature(note), *_if_ours(note, check_checkpoint(content))]


def _proof(plain: str, body: bytes | None) -> list[Line]:
    found = _PROOF.search(plain)
    content = found[0] if found else plain
    try:
        note = read_proof(content).note
        read_checkpoint(note.text)
    except (NotAProof, NotANote, NotACheckpoint):
        return [Line("What you gave", False, "This proof is not whole. " + _WHOLE)]
    return [*_signature(note), *_if_ours(note, check_proof(content, body))]


def _if_ours(note: Note, checked: Checked) -> list[Line]:
    """Return what the record says, where the note is this portal's at all."""
    return [_line_of_record(checked)] if _is_signed(note) else []


def _line_of_record(checked: Checked) -> Line:
    return Line("The record", checked.holds, checked.sentence)


def _signature(note: Note) -> list[Line]:
    """Say whose key it is, and whether it signed just this text."""
    ours = {(key.name, key.id) for key in _keys()}
    theirs = {(signature.name, signature.id) for signature in note.signatures}
    if not ours & theirs:
        return [
            Line(
                "The key",
                False,
                "The key that signed this is not one of this portal's. It is from another portal, "
                "or somebody made it up.",
            )
        ]
    is_current = any((key.name, key.id) in theirs for key in _keys()[:1])
    which = "the key in use now" if is_current else "a key that was in use before"
    key = Line("The key", True, f"It names this portal's own key: {which}.")
    if _is_signed(note):
        return [key, Line("The signature", True, "The key signed exactly this text.")]
    return [
        key,
        Line(
            "The signature",
            False,
            "The signature is not of this text. Somebody changed it, or it was not copied whole.",
        ),
    ]


def _is_signed(note: Note) -> bool:
    try:
        note.opened_by(_keys())
    except NotSigned:
        return False
    return True


def _keys() -> list[NoteKey]:
    """Return every key of this portal, newest first."""
    return [
        NoteKey.from_text(public) for public in SealKey.objects.values_list("public", flat=True)
    ]
