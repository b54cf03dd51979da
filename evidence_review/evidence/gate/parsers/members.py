"""What a part inside a container is, by its first bytes and whatever its name says."""

import mmap

from evidence_review.evidence.gate.limits import Limits
from evidence_review.evidence.gate.parsers.container import Member, unpack
from evidence_review.evidence.gate.parsers.findings import Findings, Refused
from evidence_review.evidence.gate.reasons import Code

_STARTS: tuple[tuple[bytes, Code], ...] = (
    (b"PK\x03\x04", Code.NESTED_ARCHIVE),
    (b"PK\x05\x06", Code.NESTED_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Code.NESTED_ARCHIVE),
    (b"Rar!\x1a\x07", Code.NESTED_ARCHIVE),
    (b"\x1f\x8b", Code.NESTED_ARCHIVE),
    (b"BZh", Code.NESTED_ARCHIVE),
    (b"\xfd7zXZ\x00", Code.NESTED_ARCHIVE),
    (b"MSCF\x00\x00\x00\x00", Code.NESTED_ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Code.NESTED_ARCHIVE),
    (b"\x04\x22\x4d\x18", Code.NESTED_ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Code.EMBEDDED_OBJECT),
    (b"%PDF-", Code.EMBEDDED_OBJECT),
    (b"{\\rtf", Code.EMBEDDED_OBJECT),
    (b"MZ\x90\x00", Code.EMBEDDED_OBJECT),
    (b"\x7fELF", Code.EMBEDDED_OBJECT),
    (b"\xca\xfe\xba\xbe", Code.EMBEDDED_OBJECT),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Code.EMBEDDED_OBJECT),
)
_XML_ENDINGS = (".xml", ".rels", ".vml", ".rdf")
_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_TAR_MARK, _TAR_MARK_AT = b"ustar", 257


def member_problem(first: bytes) -> Code | None:
    """Whether a part is an archive, a document or a program of its own, by its first bytes."""
    for start, code in _STARTS:
        if first.startswith(start):
            return code
    if first[_TAR_MARK_AT : _TAR_MARK_AT + len(_TAR_MARK)] == _TAR_MARK:
        return Code.NESTED_ARCHIVE
    if first.lstrip(_BEFORE_MARKUP)[:15].lower().startswith((b"<html", b"<!doctype html")):
        return Code.EMBEDDED_OBJECT
    return None


def looks_like_xml(first: bytes) -> bool:
    """Whether a part must be read as XML.

    Office programs go by declared types, which may call a part anything, so its own first
    character decides and not its name.
    """
    return first.lstrip(_BEFORE_MARKUP)[:1] == b"<"


def read_whole(data: mmap.mmap, member: Member, limits: Limits) -> bytes:
    """All bytes of a part that is held in memory; raises ``Refused`` when it is too long."""
    if member.size > limits.xml_bytes:
        raise Refused(Code.UNPACKS_TOO_BIG)
    return b"".join(unpack(data, member))


def open_part(data: mmap.mmap, member: Member, limits: Limits, findings: Findings) -> bytes:
    """The bytes of an XML part; for any other part b"", after it was unpacked and looked at."""
    pieces = unpack(data, member)
    first = next(pieces, b"")
    problem = member_problem(first)
    if problem:
        findings.refuse(problem)
    elif looks_like_xml(first) or member.name.lower().endswith(_XML_ENDINGS):
        return read_whole(data, member, limits)
    for _ in pieces:
        pass
    return b""
