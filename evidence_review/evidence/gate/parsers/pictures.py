"""JPG, PNG and HEIC pictures: one picture, complete, and nothing behind it."""

import mmap
import struct
from collections.abc import Callable

import pillow_heif
from PIL import Image, MpoImagePlugin  # noqa: F401 - a confined child cannot import it later

from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.parsers.jpeg import read_segments
from evidence_review.evidence.gate.parsers.png import read_chunks
from evidence_review.evidence.gate.parsers.tails import ends_as_archive
from evidence_review.evidence.gate.reasons import Code

pillow_heif.register_heif_opener()
Image.preinit()
Image.MAX_IMAGE_PIXELS = None  # The limit is ours, and is asked for before anything is decoded.

_FORMATS = {"jpg": ["JPEG"], "jpeg": ["JPEG"], "png": ["PNG"], "heic": ["HEIF"]}
_DRAFT = 8
"""A JPG is decoded at an eighth of its size: all its data is read, little memory is used."""
_MAX_PADDING = 65_536
DECODING_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    KeyError,
    IndexError,
    RuntimeError,
    struct.error,
)
"""What Pillow raises on broken pictures, by format and plugin."""


def inspect_picture(work: Work) -> Findings:
    """Refuse broken, oversized and two-in-one pictures."""
    with mmap.mmap(work.source.fileno(), 0, access=mmap.ACCESS_READ) as data:
        _check_end(data[:], work.extension)
    if ends_as_archive(work.source, work.source.seek(0, 2)):
        raise Refused(Code.EXTRA_DATA)
    work.source.seek(0)
    findings = Findings()
    try:
        with Image.open(work.source, formats=_FORMATS[work.extension]) as picture:
            width, height = picture.size
            if width * height > work.limits.pixels:
                raise Refused(Code.PICTURE_TOO_LARGE)
            if picture.format == "JPEG":
                picture.draft(None, (width // _DRAFT, height // _DRAFT))
            picture.load()
    except DECODING_ERRORS:
        raise Refused(Code.DAMAGED) from None
    findings.facts.update(width=width, height=height)
    return findings


def _check_end(data: bytes, extension: str) -> None:
    end = _ENDS[extension](data)
    rest = data[end:]
    if len(rest) > _MAX_PADDING or rest.strip(b"\0\xff\r\n\t "):
        raise Refused(Code.EXTRA_DATA)


def _end_of_jpeg(data: bytes) -> int:
    return read_segments(data)[-1].end


def _end_of_png(data: bytes) -> int:
    return read_chunks(data)[-1].end


def _end_of_heic(data: bytes) -> int:
    """Where the last whole box ends; a box of length 0 reaches to the end of the file."""
    position = 0
    while position + 8 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        if length == 1:
            length = int.from_bytes(data[position + 8 : position + 16], "big")
        if length == 0:
            return len(data)
        if position + length > len(data):
            raise Refused(Code.DAMAGED)
        if length < 8:
            break
        position += length
    return position


_ENDS: dict[str, Callable[[bytes], int]] = {
    "jpg": _end_of_jpeg,
    "jpeg": _end_of_jpeg,
    "png": _end_of_png,
    "heic": _end_of_heic,
}
