"""Compound files (OLE2): the outside of Office files with a password, and of older Office files."""

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NONE = 0xFFFFFFFF


def _entry(name: str, kind: int, *, start: int, size: int, child: int, right: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0" if name else b""
    return struct.pack(
        "<64sHBBLLL16sLQQLQ",
        text, len(text), kind, 1, _NONE, right, child, b"\0" * 16, 0, 0, 0, start, size,
    )  # fmt: skip


def compound(*streams: str) -> bytes:
    """A compound file with the named streams, each of one 4,096-byte run of zeros."""
    run = 4096 // _SECTOR
    first = 2
    fat = [_FAT, _END]
    entries = []
    for number, name in enumerate(streams):
        start = first + number * run
        fat += [*range(start + 1, start + run), _END]
        right = number + 2 if number + 1 < len(streams) else _NONE
        entries.append(_entry(name, 2, start=start, size=4096, child=_NONE, right=right))
    root = _entry("Root Entry", 5, start=_END, size=0, child=1, right=_NONE)
    directory = b"".join([root, *entries]).ljust(_SECTOR, b"\0")
    header = struct.pack(
        "<8s16sHHHHH6sLLLLLLLLLL",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0" * 16, 0x3E, 3, 0xFFFE, 9, 6, b"\0" * 6,
        0, 1, 1, 0, 4096, _END, 0, _END, 0, 0,
    )  # fmt: skip
    header += struct.pack("<108L", *([_FREE] * 108))
    table = struct.pack(f"<{len(fat)}L", *fat).ljust(_SECTOR, b"\xff")
    return header[:_SECTOR] + table + directory + b"\0" * (4096 * len(streams))


def office_with_password() -> bytes:
    """A Word, Excel or PowerPoint file with a password: all three look the same from outside."""
    return compound("EncryptionInfo", "EncryptedPackage")


def old_word() -> bytes:
    """A Word 97 document, as far as its outside goes."""
    return compound("WordDocument", "1Table")
