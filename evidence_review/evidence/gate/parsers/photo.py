"""Preparing a photo: take out where it was taken, take off what hangs behind it, HEIC to JPG.

JPG and PNG are spliced: their picture data is copied byte for byte, so nothing is lost.
"""

import re
import zlib
from dataclasses import dataclass, field
from typing import BinaryIO

from PIL import Image

from evidence_review.evidence.gate.parsers import jpeg, png
from evidence_review.evidence.gate.parsers.exif import EXIF_START, has_place, without_place
from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.parsers.pictures import DECODING_ERRORS
from evidence_review.evidence.gate.reasons import Code

_PLACE_WORDS = re.compile(
    rb"GPS(?:Latitude|Longitude|Position|Dest|Area|Map)|geo:lat|Location(?:Created|Shown)"
    rb"|Iptc4xmpCore:Location|photoshop:City",
    re.IGNORECASE,
)
_TEXT_CHUNKS = frozenset({b"tEXt", b"iTXt", b"zTXt"})
_RAW_PROFILE = b"Raw profile type "
_LONGEST_TEXT = 4 * 1024 * 1024
_JPG_QUALITY = 90


@dataclass(slots=True)
class _Result:
    """The new bytes, and in words of the record what was done."""

    pieces: list[bytes] = field(default_factory=list)
    done: set[str] = field(default_factory=set)


def prepare(work: Work) -> Findings:
    """Write the prepared photo to ``work.output`` if it has to differ from the source.

    Facts: ``changed`` 0 or 1, ``extension`` of the result, ``done``: any of "place", "tail",
    "converted", separated by spaces.
    """
    if work.output is None:
        raise Refused(Code.COULD_NOT_CHECK)
    keep_location = work.options.get("keep_location", False)
    start = work.source.read(len(png.SIGNATURE))
    work.source.seek(0)
    extension = "png" if start == png.SIGNATURE else "jpg"
    if extension == "png" or start.startswith(b"\xff\xd8"):
        splice = _spliced_png if extension == "png" else _spliced_jpeg
        result = splice(work.source.read(), keep_location)
        if result.done:
            work.output.writelines(result.pieces)
    else:
        result = _convert(work, work.output, keep_location)
    work.output.flush()
    return Findings(
        facts={
            "changed": int(bool(result.done)),
            "done": " ".join(sorted(result.done)),
            "extension": extension,
        }
    )


def _spliced_jpeg(data: bytes, keep_location: bool) -> _Result:
    result = _Result()
    segments = jpeg.read_segments(data)
    has_tail = bool(data[segments[-1].end :].strip(b"\0\xff"))
    packets = [data[part.body : part.end] for part in segments if part.marker == jpeg.APP1]
    xmp = b"".join(body for body in packets if body.startswith((jpeg.XMP, jpeg.XMP_EXTENSION)))
    drop_xmp = not keep_location and _PLACE_WORDS.search(xmp) is not None
    for part in segments:
        piece = data[part.start : part.end]
        body = data[part.body : part.end]
        if part.marker == jpeg.APP1 and body.startswith(EXIF_START) and not keep_location:
            piece = _jpeg_exif(piece, body, result)
        elif drop_xmp and part.marker == jpeg.APP1 and body[:8] == jpeg.XMP[:8]:
            result.done.add("place")
            piece = b""
        elif has_tail and part.marker == jpeg.APP2 and body.startswith(jpeg.MORE_PICTURES):
            piece = b""
        result.pieces.append(piece)
    if has_tail:
        result.done.add("tail")
    return result


def _jpeg_exif(piece: bytes, body: bytes, result: _Result) -> bytes:
    block = body.removeprefix(EXIF_START)
    if not has_place(block):
        return piece
    result.done.add("place")
    rest = without_place(block)
    if not rest:
        return b""
    contents = EXIF_START + rest
    return b"\xff\xe1" + (len(contents) + 2).to_bytes(2, "big") + contents


def _spliced_png(data: bytes, keep_location: bool) -> _Result:
    result = _Result([png.SIGNATURE])
    chunks = png.read_chunks(data)
    for chunk in chunks:
        piece = data[chunk.start : chunk.end]
        body = data[chunk.body : chunk.end - 4]
        if not keep_location:
            piece = _png_chunk(chunk.kind, body, piece, result)
        result.pieces.append(piece)
    if data[chunks[-1].end :].strip(b"\0"):
        result.done.add("tail")
    return result


def _png_chunk(kind: bytes, body: bytes, piece: bytes, result: _Result) -> bytes:
    if kind == b"eXIf" and has_place(body):
        result.done.add("place")
        rest = without_place(body)
        return png.build_chunk(kind, rest) if rest else b""
    if kind in _TEXT_CHUNKS and _names_place(kind, body):
        result.done.add("place")
        return b""
    return piece


def _names_place(kind: bytes, body: bytes) -> bool:
    """Whether a text chunk holds a place; packed profiles are taken to hold one."""
    keyword, _, rest = body.partition(b"\0")
    if keyword.startswith(_RAW_PROFILE) and not keyword.endswith(b"icc"):
        return True
    packed = kind == b"zTXt" or (kind == b"iTXt" and rest[:1] == b"\1")
    if not packed:
        return _PLACE_WORDS.search(rest) is not None
    start = 1 if kind == b"zTXt" else 2 + _length_of_names(rest[2:])
    try:
        text = zlib.decompressobj().decompress(rest[start:], _LONGEST_TEXT)
    except zlib.error:
        return True
    return len(text) >= _LONGEST_TEXT or _PLACE_WORDS.search(text) is not None


def _length_of_names(rest: bytes) -> int:
    """How long language and translated keyword of an iTXt chunk are, with their end marks."""
    language = rest.find(b"\0") + 1
    return language + rest[language:].find(b"\0") + 1


def _convert(work: Work, output: BinaryIO, keep_location: bool) -> _Result:
    """Write a HEIC photo as JPG; a large one fits into the child's memory only once."""
    result = _Result(done={"converted"})
    try:
        with Image.open(work.source, formats=["HEIF"]) as picture:
            if picture.width * picture.height > work.limits.pixels:
                raise Refused(Code.PICTURE_TOO_LARGE)
            extras = {"icc_profile": picture.info.get("icc_profile")}
            block = (picture.info.get("exif") or b"").removeprefix(EXIF_START)
            if block and not keep_location and has_place(block):
                result.done.add("place")
                block = without_place(block)
            if block:
                extras["exif"] = EXIF_START + block
            colour = picture if picture.mode == "RGB" else picture.convert("RGB")
            colour.save(output, "JPEG", quality=_JPG_QUALITY, **extras)
    except DECODING_ERRORS:
        raise Refused(Code.DAMAGED) from None
    return result
