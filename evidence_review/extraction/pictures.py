"""What a child wrote when it was asked for pictures: one after the other, each behind its length.

The child may have been taken over by a file, so nothing it wrote is believed: the lengths must fit,
and a picture must at least begin as one. It is never decoded in a process of the portal.
"""

from collections.abc import Iterator
from typing import BinaryIO

from evidence_review.extraction.caps import MOST_PAGES

_LONGEST = 16 * 1024 * 1024
_WEBP, _PNG = b"RIFF", b"\x89PNG\r\n\x1a\n"


def pictures_in(output: BinaryIO) -> Iterator[bytes]:
    """Give the pictures in turn; ends at the first thing that is not one."""
    for _ in range(MOST_PAGES):
        length = int.from_bytes(output.read(4), "big")
        picture = output.read(length) if 0 < length <= _LONGEST else b""
        if not picture or len(picture) != length or not _is_picture(picture):
            return
        yield picture


def _is_picture(picture: bytes) -> bool:
    is_webp = picture.startswith(_WEBP) and picture[8:12] == b"WEBP"
    return is_webp or picture.startswith(_PNG)
