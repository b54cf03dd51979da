"""OpenDocument texts and spreadsheets."""

import mmap
import re

from evidence_review.evidence.gate.kinds import COMPOUND_START, KINDS
from evidence_review.evidence.gate.parsers.container import Member, read_members
from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.parsers.markup import read_xml
from evidence_review.evidence.gate.parsers.members import open_part, read_whole
from evidence_review.evidence.gate.parsers.relationships import place_of
from evidence_review.evidence.gate.reasons import Code

_MANIFEST = "META-INF/manifest.xml"
_PREFIX = rb"<(?:[\w.-]+:)?"
_ENCRYPTION = re.compile(_PREFIX + rb"(?:encryption-data|encrypted-key|EncryptedKey)(?=[\s/>])")
_ELEMENTS: tuple[tuple[re.Pattern[bytes], Code], ...] = (
    (re.compile(_PREFIX + rb"dde-(?:source|link|connection|connection-decl)(?=[\s/>])"), Code.DDE),
    (re.compile(rb"formula\s*=\s*(?:\"[^\"<]*?|'[^'<]*?)\bDDE(?:AUTO)?\s*\("), Code.DDE),
    (re.compile(_PREFIX + rb"(?:script|module)(?=[\s/>])"), Code.MACROS),
    (re.compile(_PREFIX + rb"event-listener\b[^>]*vnd\.sun\.star\.script:"), Code.MACROS),
    (re.compile(_PREFIX + rb"(?:object-ole|applet|plugin)(?=[\s/>])"), Code.EMBEDDED_OBJECT),
    (re.compile(_PREFIX + rb"floating-frame(?=[\s/>])"), Code.EXTERNAL_CONTENT),
)
_HREF = re.compile(rb"\s(?:[\w.-]+:)?href\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TAG = re.compile(rb"<(?:[\w.-]+:)?([\w-]+)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_FOLLOWED_BY_HAND = frozenset(
    {b"a", b"template", b"auto-reload", b"hyperlink-behaviour", b"event-listener"}
)
"""Elements whose link is followed by a person, or only names where a file came from."""
_PICTURES = frozenset({b"image", b"fill-image", b"background-image", b"list-level-style-image"})
_MACRO_FOLDERS = ("basic/", "scripts/", "dialogs/")
_MACRO_INDEXES = re.compile(r"(^|/)(script|dialog)-l[bc]\.xml$")
_DOCTYPE_PARTS = ("meta-inf/manifest.xml", ".svg", "-lb.xml", "-lc.xml")


def inspect_odf(work: Work) -> Findings:
    """Refuse containers, parts and links that the upload policy does not allow."""
    with mmap.mmap(work.source.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data[: len(COMPOUND_START)] == COMPOUND_START:
            raise Refused(Code.WRONG_CONTENT)
        findings = Findings()
        members = read_members(data, work.limits)
        _prove_kind(data, members, work)
        for member in members:
            _judge_name(member, findings)
            raw = open_part(data, member, work.limits, findings)
            if raw:
                _judge_xml(member.name.lower(), raw, findings)
        findings.facts["parts"] = len(members)
        return findings


def _prove_kind(data: mmap.mmap, members: list[Member], work: Work) -> None:
    """The first part names the type; the manifest says whether there is a password."""
    first = members[0] if members else None
    if first is None or first.name != "mimetype" or first.size > 200:
        raise Refused(Code.WRONG_CONTENT)
    if read_whole(data, first, work.limits).decode("latin-1") != KINDS[work.extension].media_type:
        raise Refused(Code.WRONG_CONTENT)
    manifest = next((member for member in members if member.name == _MANIFEST), None)
    if manifest is None:
        raise Refused(Code.DAMAGED)
    text = read_xml(read_whole(data, manifest, work.limits), bare_doctype=True)
    if _ENCRYPTION.search(text):
        raise Refused(Code.ENCRYPTED)


def _judge_name(member: Member, findings: Findings) -> None:
    """Libraries of macros lie in folders of their own; an empty library is only an index."""
    name = member.name.lower()
    in_folder = any(f"/{folder}" in f"/{name}" for folder in _MACRO_FOLDERS)
    if in_folder and not name.endswith("/") and not _MACRO_INDEXES.search(name):
        findings.refuse(Code.MACROS)


def _judge_xml(name: str, raw: bytes, findings: Findings) -> None:
    text = read_xml(raw, bare_doctype=name.endswith(_DOCTYPE_PARTS))
    if name.endswith(".svg"):
        return
    for pattern, code in _ELEMENTS:
        if pattern.search(text):
            findings.refuse(code)
    for link in _HREF.finditer(text):
        tag = _TAG.match(text, text.rfind(b"<", 0, link.start()))
        if tag and tag.end() > link.start():
            _judge_link(tag[1], link[1] or link[2] or b"", findings)


def _judge_link(local: bytes, href: bytes, findings: Findings) -> None:
    target = href.decode("utf-8", "replace").strip()
    if local in _FOLLOWED_BY_HAND or not _leaves_package(target):
        return
    if local in _PICTURES and place_of(target) in ("here", "web"):
        findings.count("linked_pictures")
    else:
        findings.refuse(Code.EXTERNAL_CONTENT)


def _leaves_package(target: str) -> bool:
    """Whether a link leads out of the file; inside it, links are plain relative paths."""
    if not target or target.startswith("#"):
        return False
    return target.startswith(("/", "\\", "../")) or ":" in target.split("/", 1)[0]
