"""The segments of a JPG file: finding them, and finding where the picture ends."""

import re
from dataclasses import dataclass

from evidence_review.evidence.gate.parsers.findings import Refused
from evidence_review.evidence.gate.reasons import Code

START, END, SCAN, APP1, APP2 = 0xD8, 0xD9, 0xDA, 0xE1, 0xE2
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_MARKER_IN_SCAN = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")

EXIF = b"Exif\x00\x00"
XMP = b"http://ns.adobe.com/xap/1.0/\x00"
XMP_EXTENSION = b"http://ns.adobe.com/xmp/extension/\x00"
MORE_PICTURES = b"MPF\x00"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the file from ``start`` to ``end``; ``body`` is where its contents begin."""

    marker: int
    start: int
    body: int
    end: int


def read_segments(data: bytes) -> list[Segment]:
    """The segments from the start mark to the end mark of the (first) picture, in order.

    A scan is one segment together with the picture data after it. Raises ``Refused`` when the
    file is not built like a JPG or stops before its end mark.
    """
    if data[:2] != b"\xff\xd8":
        raise Refused(Code.WRONG_CONTENT)
    segments = [Segment(START, 0, 2, 2)]
    while segments[-1].marker != END:
        segments.append(_next(data, segments[-1].end))
    return segments


def _next(data: bytes, start: int) -> Segment:
    at = start
    if data[at : at + 1] != b"\xff":
        raise Refused(Code.DAMAGED)
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise Refused(Code.DAMAGED)
    marker = data[at]
    if marker == END or marker in _ALONE:
        return Segment(marker, start, at + 1, at + 1)
    length = int.from_bytes(data[at + 1 : at + 3], "big")
    end = at + 1 + length
    if length < 2 or end > len(data):
        raise Refused(Code.DAMAGED)
    if marker == SCAN:
        following = _MARKER_IN_SCAN.search(data, end)
        if following is None:
            raise Refused(Code.DAMAGED)
        end = following.start()
    return Segment(marker, start, at + 3, end)
