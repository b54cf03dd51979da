"""ZIP packages as office programs write them, and ones that no office program would."""

import io
import stat
import struct
import zipfile
from collections.abc import Mapping

MADE = (2027, 6, 30, 12, 0, 0)
Parts = Mapping[str, bytes | str]


def pack(
    parts: Parts, *, method: int = zipfile.ZIP_DEFLATED, stored: tuple[str, ...] = ()
) -> bytes:
    """A package of the parts in the order given; those named in ``stored`` are not compressed."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, MADE)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else method
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return written.getvalue()


def with_symlink(parts: Parts) -> bytes:
    """A package in which one more part is a symbolic link out of it."""
    written = io.BytesIO(pack(parts))
    with zipfile.ZipFile(written, "a") as archive:
        entry = zipfile.ZipInfo("word/media/link.png", MADE)
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return written.getvalue()


def with_part_named(parts: Parts, name: str, content: bytes = b"x") -> bytes:
    """A package with one more part whose name is written exactly as given."""
    placeholder = "n" * len(name.encode())
    data = pack({**parts, placeholder: content})
    return data.replace(placeholder.encode(), name.encode())


def with_duplicate(parts: Parts, name: str) -> bytes:
    """A package that holds two parts of the same name."""
    return with_part_named(parts, name, b"<second/>")


def as_encrypted(data: bytes) -> bytes:
    """The same package with the flag "encrypted" on every part."""
    return _with_flags(data, 0x01)


def _with_flags(data: bytes, flags: int) -> bytes:
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = data.find(mark)
        while found >= 0:
            old = struct.unpack_from("<H", data, found + at)[0]
            struct.pack_into("<H", changed, found + at, old | flags)
            found = data.find(mark, found + 4)
    return bytes(changed)


def with_lying_size(data: bytes, size: int) -> bytes:
    """The same package in which the first part declares another unpacked size, in both headers."""
    changed = bytearray(data)
    struct.pack_into("<L", changed, data.index(b"PK\x03\x04") + 22, size)
    struct.pack_into("<L", changed, data.index(b"PK\x01\x02") + 24, size)
    return bytes(changed)


def with_other_local_name(data: bytes, name: str, other: str) -> bytes:
    """The same package, but a part's own header says another name of the same length."""
    return data.replace(name.encode(), other.encode(), 1)


def as_zip64(parts: Parts) -> bytes:
    """A package whose parts carry 64-bit sizes, as streaming writers make them."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as part:
                part.write(content.encode() if isinstance(content, str) else content)
    return written.getvalue()


class _OneWay(io.BytesIO):
    """A stream that cannot go back, so that sizes have to follow the data."""

    def tell(self) -> int:
        raise io.UnsupportedOperation


def streamed(parts: Parts) -> bytes:
    """A package written in one pass: sizes and checksums follow each part."""
    stream = _OneWay()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MADE), content)
    return stream.getvalue()


def overlapping(parts: Parts) -> bytes:
    """A package in which the last two lines of the directory share one part's bytes."""
    data = bytearray(pack(parts))
    lines = []
    found = data.find(b"PK\x01\x02")
    while found >= 0:
        lines.append(found)
        found = data.find(b"PK\x01\x02", found + 4)
    offset = struct.unpack_from("<L", data, lines[-2] + 42)[0]
    struct.pack_into("<L", data, lines[-1] + 42, offset)
    return bytes(data)
