"""What may hide behind the end of a file: the second half of a file that is two at once."""

import struct
from typing import BinaryIO

_ARCHIVE_END = b"PK\x05\x06"
_LONGEST_COMMENT = 65_557
_STARTS = (
    b"PK\x03\x04",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"#!",
    b"<",
)


def starts_as_something(data: bytes) -> bool:
    """Whether left-over bytes begin like a file of their own."""
    return data.lstrip(b"\0\r\n\t ").startswith(_STARTS)


def ends_as_archive(source: BinaryIO, size: int) -> bool:
    """Whether a ZIP archive ends exactly where this file does. Moves the reading position."""
    start = max(0, size - _LONGEST_COMMENT)
    source.seek(start)
    tail = source.read(_LONGEST_COMMENT)
    found = tail.rfind(_ARCHIVE_END)
    while found >= 0:
        if found + 22 <= len(tail):
            comment = struct.unpack_from("<H", tail, found + 20)[0]
            if found + 22 + comment == len(tail):
                return True
        found = tail.rfind(_ARCHIVE_END, 0, found)
    return False
