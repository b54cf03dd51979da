"""Word, Excel and PowerPoint files (Office Open XML)."""

import mmap
import re
from collections.abc import Callable

from evidence_review.evidence.gate.kinds import COMPOUND_START
from evidence_review.evidence.gate.parsers.container import Member, read_members
from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.parsers.formulas import judge_formulas
from evidence_review.evidence.gate.parsers.markup import read_xml
from evidence_review.evidence.gate.parsers.members import open_part, read_whole
from evidence_review.evidence.gate.parsers.relationships import (
    judge_relationship,
    read_relationships,
    tags,
)
from evidence_review.evidence.gate.parsers.word_fields import judge_fields
from evidence_review.evidence.gate.reasons import Code

_CONTENT_TYPES = "[Content_Types].xml"
_ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
_MAIN_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
_TYPE_WORDS: tuple[tuple[str, Code], ...] = (
    ("vbaproject", Code.MACROS),
    ("vbadata", Code.MACROS),
    ("macrosheet", Code.MACROS),
    ("macroenabled", Code.MACROS),
    ("activex", Code.ACTIVE_CONTROL),
    ("oleobject", Code.EMBEDDED_OBJECT),
)
_NAME_WORDS: tuple[tuple[str, Code], ...] = (
    ("vbaproject.bin", Code.MACROS),
    ("/macrosheets/", Code.MACROS),
    ("/activex/", Code.ACTIVE_CONTROL),
    ("/embeddings/", Code.EMBEDDED_OBJECT),
)
_PROGRAM = re.compile(rb"ppaction://(?:program|macro|ole)\b", re.IGNORECASE)
_CHUNK = re.compile(rb"<(?:[\w.-]+:)?altChunk(?=[\s/>])")
_COUNTED = {
    "docx": None,
    "xlsx": ("sheets", re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)),
    "pptx": ("slides", re.compile(r"^ppt/slides/[^/]+\.xml$", re.IGNORECASE)),
}


def inspect_ooxml(work: Work) -> Findings:
    """Refuse containers, parts and links that the upload policy does not allow."""
    with mmap.mmap(work.source.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data[: len(COMPOUND_START)] == COMPOUND_START:
            encrypted = data.find(_ENCRYPTED_MARK) >= 0
            raise Refused(Code.ENCRYPTED if encrypted else Code.WRONG_CONTENT)
        return _inspect_package(data, work)


def _inspect_package(data: mmap.mmap, work: Work) -> Findings:
    findings = Findings()
    members = read_members(data, work.limits)
    by_name = {member.name: member for member in members}
    if _CONTENT_TYPES not in by_name:
        raise Refused(Code.WRONG_CONTENT)
    types = read_xml(read_whole(data, by_name[_CONTENT_TYPES], work.limits))
    _judge_types(types, work.extension, findings)
    _judge_names(members, work.extension, findings)
    for member in members:
        if not _is_known_refusal(member, findings):
            raw = open_part(data, member, work.limits, findings)
            if raw:
                _judge_xml(member.name.lower(), raw, work.extension, findings)
    findings.facts["parts"] = len(members)
    return findings


def _judge_types(types: bytes, extension: str, findings: Findings) -> None:
    """The content types prove the kind: the name of the file and libmagic do not."""
    declared = [
        given.get("ContentType", "").lower() for tag, given in tags(types) if tag != "Relationship"
    ]
    for word, code in _TYPE_WORDS:
        if any(word in content_type for content_type in declared):
            findings.refuse(code)
    if _MAIN_TYPES[extension] not in declared and Code.MACROS not in findings.codes:
        raise Refused(Code.WRONG_CONTENT)


def _judge_names(members: list[Member], extension: str, findings: Findings) -> None:
    counted = _COUNTED[extension]
    for member in members:
        name = member.name.lower()
        for word, code in _NAME_WORDS:
            if word in f"/{name}" and not name.endswith("/"):
                findings.refuse(code)
        if counted and counted[1].match(member.name):
            findings.count(counted[0])


def _is_known_refusal(member: Member, findings: Findings) -> bool:
    """An embedded workbook is one reason ("another file inside"), not two ("an archive")."""
    return "/embeddings/" in f"/{member.name.lower()}" and bool(findings.codes)


def _judge_xml(name: str, raw: bytes, extension: str, findings: Findings) -> None:
    text = read_xml(raw, bare_doctype=name.endswith(".svg"))
    if name.endswith(".rels"):
        for link in read_relationships(text):
            judge_relationship(name, link, findings)
    _JUDGES[extension](raw, text, findings)


def _judge_word(raw: bytes, text: bytes, findings: Findings) -> None:
    if _CHUNK.search(text):
        findings.refuse(Code.EMBEDDED_OBJECT)
    judge_fields(raw, text, findings)


def _judge_excel(_raw: bytes, text: bytes, findings: Findings) -> None:
    judge_formulas(text, findings)


def _judge_powerpoint(_raw: bytes, text: bytes, findings: Findings) -> None:
    if _PROGRAM.search(text):
        findings.refuse(Code.RUNS_PROGRAM)


_JUDGES: dict[str, Callable[[bytes, bytes, Findings], None]] = {
    "docx": _judge_word,
    "xlsx": _judge_excel,
    "pptx": _judge_powerpoint,
}
