"""Photos as phones make them: HEIC becomes JPG, and the place of the photo is taken out."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from evidence_review.evidence.gate.judge import result_of
from evidence_review.evidence.gate.limits import FIRST_BYTES, Limits
from evidence_review.evidence.gate.reasons import Reason
from evidence_review.evidence.gate.room import ROOM, Room

_JPG_EXTRAS = (b"Exif\x00\x00", b"http://ns.adobe.com/", b"MPF\x00")
_SCAN = b"\xff\xda"
_PHOTO_EXTENSIONS = frozenset({"jpg", "jpeg", "png", "heic"})
_NOTES = {
    "converted": "Converted from HEIC to JPG",
    "place": "Location removed",
    "tail": "Data after the picture removed",
}


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A photo ready to be kept: ``path`` is the source itself when nothing had to change.

    ``extension`` is what its name must end in now; ``note`` says for the record what was done.
    With ``reasons`` the photo could not be read and must be refused.
    """

    changed: bool
    path: Path
    extension: str
    note: str = ""
    reasons: list[Reason] = field(default_factory=list)


def needs_preparing(first_bytes: bytes, extension: str) -> bool:
    """Whether ``prepare_photo`` could change this file; cheap enough for the request.

    ``first_bytes`` is the start of the file (8 KB). When in doubt the answer is yes: a PNG may
    keep the place at its end.
    """
    extension = extension.lower()
    if extension not in _PHOTO_EXTENSIONS:
        return False
    if extension == "heic":
        return True
    if extension == "png":
        whole = len(first_bytes) < FIRST_BYTES
        return not whole or any(
            mark in first_bytes for mark in (b"eXIf", b"tEXt", b"iTXt", b"zTXt")
        )
    return _SCAN not in first_bytes or any(mark in first_bytes for mark in _JPG_EXTRAS)


def prepare_photo(
    path: Path,
    target: Path,
    *,
    keep_location: bool,
    limits: Limits | None = None,
    room: Room = ROOM,
) -> PreparedPhoto:
    """Write the photo to ``target`` as it should be kept, if that differs from what was sent.

    ``target`` is made, or emptied if it exists, and stays empty when nothing had to change.
    ``keep_location`` is the person's wish. The pixels of JPG and PNG stay as they are. Raises
    OSError when the files cannot be opened and ``RoomUnavailable`` when the parser room cannot be
    started; neither says anything about the photo.
    """
    limits = limits or Limits()
    written = os.open(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(written, "wb"), path.open("rb") as source:
        answer = room.ask(
            "prepare_photo",
            source.fileno(),
            extension="",
            limits=limits,
            output=written,
            options={"keep_location": keep_location},
        )
    result = result_of(answer, "jpg", limits)
    extension = str(answer.facts.get("extension", "jpg"))
    if not result.accepted:
        return PreparedPhoto(changed=False, path=path, extension=extension, reasons=result.reasons)
    changed = answer.facts.get("changed") == 1
    done = str(answer.facts.get("done", "")).split()
    return PreparedPhoto(
        changed=changed,
        path=target if changed else path,
        extension=extension,
        note=". ".join(_NOTES[word] for word in done if word in _NOTES),
    )
