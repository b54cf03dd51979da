"""The gate: may this file go on to the virus scanner?"""

import os
from pathlib import Path

from evidence_review.evidence.gate.answers import Answer
from evidence_review.evidence.gate.cheap import check_upload
from evidence_review.evidence.gate.kinds import KINDS, extension_of
from evidence_review.evidence.gate.limits import FIRST_BYTES, MEGABYTE, Limits
from evidence_review.evidence.gate.reasons import Code, Reason, reason
from evidence_review.evidence.gate.result import GateResult
from evidence_review.evidence.gate.room import ROOM, Room

_PIXELS_IN_MEGAPIXEL = 1_000_000


def inspect(
    path: Path,
    *,
    name: str,
    media_type: str,
    limits: Limits | None = None,
    room: Room = ROOM,
) -> GateResult:
    """Look at a whole file: the cheap checks again, then a strict parser in the parser room.

    ``name`` is the name it was uploaded under and ``media_type`` the type it would be served
    with. What crashes the parser, takes too long or makes it answer nonsense is ``unscannable``,
    never accepted. Raises OSError when the file cannot be read and ``RoomUnavailable`` when the
    parser room cannot be started; neither says anything about the file.
    """
    limits = limits or Limits()
    with path.open("rb") as source:
        size = os.fstat(source.fileno()).st_size
        reasons = check_upload(name, size, source.read(FIRST_BYTES), limits)
        extension = extension_of(name)
        if not reasons and KINDS[extension].media_type != media_type:
            reasons = [_explain(Code.WRONG_CONTENT, extension, limits)]
        if reasons:
            return GateResult("refused", reasons)
        answer = room.ask(extension, source.fileno(), extension=extension, limits=limits)
    return result_of(answer, extension, limits)


def result_of(answer: Answer, extension: str, limits: Limits) -> GateResult:
    """Turn the room's answer into the gate's."""
    if answer.problem:
        facts = {"problem": answer.problem}
        return GateResult("unscannable", [reason(Code.COULD_NOT_CHECK)], facts)
    if Code.COULD_NOT_CHECK in answer.codes:
        return GateResult("unscannable", [reason(Code.COULD_NOT_CHECK)], answer.facts)
    reasons = [_explain(code, extension, limits) for code in answer.codes]
    return GateResult("refused" if reasons else "accepted", reasons, answer.facts)


def _explain(code: Code, extension: str, limits: Limits) -> Reason:
    return reason(
        code,
        label=KINDS[extension].label,
        extension=extension,
        max_mb=limits.max_bytes // MEGABYTE,
        name_length=limits.name_length,
        megapixels=limits.pixels // _PIXELS_IN_MEGAPIXEL,
    )
