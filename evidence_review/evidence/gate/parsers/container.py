"""The ZIP container of Office and OpenDocument files, read strictly and checked before unpacking.

The standard library's reader is lenient on purpose: it skips data before the archive, trusts one
of two headers and unpacks on request. Virus scanners and office programs are lenient in other
ways, and an attacker lives between them. So this reader accepts only archives that every reader
must see alike: the parts fill the file from the first byte to the directory without a gap, both
headers of a part agree, and a part unpacks to exactly the size and checksum it declares.
"""

import mmap
import re
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from evidence_review.evidence.gate.limits import MEGABYTE, Limits
from evidence_review.evidence.gate.parsers.findings import Refused
from evidence_review.evidence.gate.reasons import Code

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _ENTRY_MARK, _LOCAL_MARK = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_DESCRIPTOR_MARK = b"PK\x07\x08"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_FLAGS = 0x2041
"""Encrypted, strongly encrypted, or with a hidden directory."""
_SIZES_FOLLOW = 0x08
_UTF8_NAME = 0x800
_ALLOWED_FLAGS = 0x0E | _UTF8_NAME
_NEWEST_NEEDED = 63
"""Version 6.3 of the format, the last one that everybody reads; the low byte of its field."""
_WIDE = 0xFFFFFFFF
_ZIP64_EXTRA = 1
_BAD_PATH = re.compile(r"(^|/)\.{1,2}(/|$)|^/|//|[\\:]|[\x00-\x1f\x7f]")
_CHUNK = MEGABYTE


@dataclass(frozen=True, slots=True)
class Member:
    """One part as both headers describe it; ``start`` is where its packed bytes begin."""

    name: str
    method: int
    checksum: int
    packed: int
    size: int
    start: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the directory, before it is compared with the part's own header."""

    name: bytes
    needed: int
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int
    extra: bytes
    mode: int


def read_members(data: mmap.mmap, limits: Limits) -> list[Member]:
    """The parts of a ZIP container in the order they lie in the file; raises ``Refused``.

    Nothing is unpacked here.
    """
    start, size, count = _directory(data)
    if count > limits.members:
        raise Refused(Code.TOO_MANY_PARTS)
    entries = sorted(_entries(data, start, size, count), key=lambda entry: entry.offset)
    _check_sizes(entries, len(data), limits)
    names = [_checked_name(entry) for entry in entries]
    if len({name.casefold().rstrip("/") for name in names}) != len(names):
        raise Refused(Code.UNSAFE_PARTS)
    return _tile(data, entries, names, start)


def _directory(data: mmap.mmap) -> tuple[int, int, int]:
    """Where the directory starts, its size in bytes and its number of entries."""
    end = len(data) - _END.size
    if end < 0 or data[end : end + 4] != _END_MARK:
        found = data.rfind(_END_MARK, max(0, len(data) - 65_557))
        raise Refused(Code.DAMAGED if found < 0 else Code.EXTRA_DATA)
    _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, end)
    if _WIDE in (size, start) or count == 0xFFFF:
        raise Refused(Code.UNKNOWN_PACKING)
    if disk or first_disk or here != count or comment:
        raise Refused(Code.UNSAFE_PARTS)
    if start + size != end:
        raise Refused(Code.EXTRA_DATA if start + size < end else Code.DAMAGED)
    return start, size, count


def _entries(data: mmap.mmap, start: int, size: int, count: int) -> Iterator[_Entry]:
    position, end = start, start + size
    for _ in range(count):
        if position + _ENTRY.size > end:
            raise Refused(Code.DAMAGED)
        fields = _ENTRY.unpack_from(data, position)
        name_length, extra_length, comment_length = fields[10:13]
        text = position + _ENTRY.size
        position = text + name_length + extra_length + comment_length
        if fields[0] != _ENTRY_MARK or position > end:
            raise Refused(Code.DAMAGED)
        yield _Entry(
            name=data[text : text + name_length],
            needed=fields[2] & 0xFF,
            flags=fields[3],
            method=fields[4],
            checksum=fields[7],
            packed=fields[8],
            size=fields[9],
            offset=fields[16],
            extra=data[text + name_length : text + name_length + extra_length],
            mode=fields[15] >> 16,
        )
    if position != end:
        raise Refused(Code.EXTRA_DATA)


def _check_sizes(entries: list[_Entry], file_size: int, limits: Limits) -> None:
    unpacked = sum(entry.size for entry in entries)
    packed = sum(entry.packed for entry in entries)
    if unpacked > limits.unpacked_bytes or any(e.size > limits.member_bytes for e in entries):
        raise Refused(Code.UNPACKS_TOO_BIG)
    if unpacked > limits.ratio * max(1, min(packed, file_size)):
        raise Refused(Code.PACKED_TOO_TIGHT)
    if any(e.size > MEGABYTE and e.size > limits.ratio * max(1, e.packed) for e in entries):
        raise Refused(Code.PACKED_TOO_TIGHT)


def _checked_name(entry: _Entry) -> str:
    _check_packing(entry.flags, entry.method, entry.extra)
    if entry.needed > _NEWEST_NEEDED or _WIDE in (entry.packed, entry.size, entry.offset):
        raise Refused(Code.UNKNOWN_PACKING)
    try:
        name = entry.name.decode("utf-8" if entry.flags & _UTF8_NAME else "cp437")
    except UnicodeDecodeError:
        raise Refused(Code.UNSAFE_PARTS) from None
    kind = stat.S_IFMT(entry.mode)
    folder = name.endswith("/")
    if not name or _BAD_PATH.search(name) or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused(Code.UNSAFE_PARTS)
    if folder and entry.size:
        raise Refused(Code.UNSAFE_PARTS)
    return name


def _check_packing(flags: int, method: int, extra: bytes) -> None:
    if flags & _ENCRYPTED_FLAGS:
        raise Refused(Code.ENCRYPTED)
    if method not in (_STORED, _DEFLATED) or flags & ~_ALLOWED_FLAGS or _has_zip64(extra):
        raise Refused(Code.UNKNOWN_PACKING)


def _has_zip64(extra: bytes) -> bool:
    """Whether an extra field holds 64-bit sizes, which no file of an accepted size needs."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, position)
        if kind == _ZIP64_EXTRA:
            return True
        position += 4 + length
    return False


def _tile(data: mmap.mmap, entries: list[_Entry], names: list[str], directory: int) -> list[Member]:
    """Compare the headers and require that the parts follow one another without a gap."""
    members = []
    position = 0
    for entry, name in zip(entries, names, strict=True):
        if entry.offset != position:
            raise Refused(Code.EXTRA_DATA if entry.offset > position else Code.UNSAFE_PARTS)
        start = _start_of_data(data, entry, directory)
        position = start + entry.packed
        if position > directory:
            raise Refused(Code.UNSAFE_PARTS)
        if entry.flags & _SIZES_FOLLOW:
            position += _descriptor_size(data, entry, position)
        members.append(Member(name, entry.method, entry.checksum, entry.packed, entry.size, start))
    if position != directory:
        raise Refused(Code.EXTRA_DATA)
    return members


def _start_of_data(data: mmap.mmap, entry: _Entry, directory: int) -> int:
    if entry.offset + _LOCAL.size > directory:
        raise Refused(Code.DAMAGED)
    mark, _, flags, method, _, _, checksum, packed, size, name_length, extra_length = (
        _LOCAL.unpack_from(data, entry.offset)
    )
    text = entry.offset + _LOCAL.size
    name = data[text : text + name_length]
    if mark != _LOCAL_MARK or name != entry.name or method != entry.method:
        raise Refused(Code.UNSAFE_PARTS)
    _check_packing(flags, method, data[text + name_length : text + name_length + extra_length])
    declared = (checksum, packed, size)
    agreed = declared == (entry.checksum, entry.packed, entry.size)
    if not agreed and not (flags & entry.flags & _SIZES_FOLLOW and declared == (0, 0, 0)):
        raise Refused(Code.UNSAFE_PARTS)
    return int(text + name_length + extra_length)


def _descriptor_size(data: mmap.mmap, entry: _Entry, position: int) -> int:
    """Length of the sizes that follow a part: 16 bytes with a mark, 12 without."""
    values = struct.pack("<3L", entry.checksum, entry.packed, entry.size)
    if data[position : position + 16] == _DESCRIPTOR_MARK + values:
        return 16
    if data[position : position + 12] == values:
        return 12
    raise Refused(Code.UNSAFE_PARTS)


def unpack(data: mmap.mmap, member: Member) -> Iterator[bytes]:
    """The unpacked bytes of a part, in pieces of at most 1 MB.

    Raises ``Refused`` at the end unless size and checksum are exactly as declared.
    """
    checksum = total = 0
    for piece in _inflate(data, member) if member.method == _DEFLATED else _copy(data, member):
        total += len(piece)
        if total > member.size:
            raise Refused(Code.UNSAFE_PARTS)
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if total != member.size or checksum != member.checksum:
        raise Refused(Code.DAMAGED)


def _copy(data: mmap.mmap, member: Member) -> Iterator[bytes]:
    for position in range(member.start, member.start + member.packed, _CHUNK):
        yield data[position : min(position + _CHUNK, member.start + member.packed)]


def _inflate(data: mmap.mmap, member: Member) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _copy(data, member):
        waiting = packed
        while waiting and not engine.eof:
            try:
                piece = engine.decompress(waiting, _CHUNK)
            except zlib.error:
                raise Refused(Code.DAMAGED) from None
            waiting = engine.unconsumed_tail
            yield piece
        if engine.unused_data or (engine.eof and waiting):
            raise Refused(Code.UNSAFE_PARTS)
    while member.packed and not engine.eof:
        piece = engine.decompress(b"", _CHUNK)
        if not piece:
            raise Refused(Code.DAMAGED)
        yield piece
