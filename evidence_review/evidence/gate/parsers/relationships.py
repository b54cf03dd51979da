"""What an Office file says it belongs to and loads: its content types and relationships."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from evidence_review.evidence.gate.parsers.findings import Findings
from evidence_review.evidence.gate.reasons import Code

_TAG = re.compile(
    rb"<(?:[\w.-]+:)?(Relationship|Override|Default)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_ATTRIBUTE = re.compile(rb"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DRIVE = re.compile(r"^(file:///?)?[a-zA-Z]:[\\/]")
_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]+):")
_SHARE = re.compile(r"^(file:)?[\\/]{2,}")

_EMBEDDED = frozenset({"oleobject", "package", "afchunk", "subdocument"})
_MACRO_KINDS = frozenset({"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"})
_CONTROLS = frozenset({"control", "activexcontrolbinary"})
_PICTURES = frozenset({"image", "video", "audio", "media"})
_HARMLESS = frozenset({"hyperlink"})


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a .rels part; ``kind`` is the last word of its type, in lower case."""

    kind: str
    target: str
    external: bool


def tags(text: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """The Relationship, Override and Default tags of a part, each with its attributes."""
    for match in _TAG.finditer(text):
        yield (
            match[1].decode(),
            {
                name.decode(): unescape((double or single).decode("utf-8", "replace"))
                for name, double, single in _ATTRIBUTE.findall(match[2])
            },
        )


def read_relationships(text: bytes) -> list[Relationship]:
    """Every relationship of a .rels part."""
    return [
        Relationship(
            kind=given.get("Type", "").rsplit("/", 1)[-1].lower(),
            target=given.get("Target", "").strip(),
            external=given.get("TargetMode", "").lower() == "external",
        )
        for tag, given in tags(text)
        if tag == "Relationship"
    ]


def judge_relationship(part: str, link: Relationship, findings: Findings) -> None:
    """Refuse a relationship that brings a program, another file, or contents from elsewhere.

    ``part`` is the name of the .rels part. Hyperlinks only act when a person follows them, and a
    workbook that names another one asks before it reads it: both are fine.
    """
    if link.kind in _MACRO_KINDS:
        findings.refuse(Code.MACROS)
    elif link.kind in _CONTROLS:
        findings.refuse(Code.ACTIVE_CONTROL)
    elif link.external:
        _judge_external(part, link, findings)
    elif link.kind in _EMBEDDED:
        findings.refuse(Code.EMBEDDED_OBJECT)


def _judge_external(part: str, link: Relationship, findings: Findings) -> None:
    place = place_of(link.target)
    if link.kind in _HARMLESS:
        return
    if link.kind.startswith(("externallink", "xlpath")) or link.kind.endswith("linkpath"):
        findings.count("linked_workbooks")
    elif link.kind == "attachedtemplate":
        if place != "here":
            findings.refuse(Code.EXTERNAL_TEMPLATE)
    elif link.kind in _PICTURES and place in ("here", "web"):
        findings.count("linked_pictures")
    elif link.kind in ("oleobject", "package") and "/charts/" in part and place == "here":
        findings.count("linked_workbooks")
    elif link.kind in _EMBEDDED - {"afchunk", "subdocument"}:
        findings.refuse(Code.EMBEDDED_OBJECT)
    else:
        findings.refuse(Code.EXTERNAL_CONTENT)


def place_of(target: str) -> str:
    """Where a target leads: ``here`` (a path on the reader's own drive), ``web`` or ``away``.

    A network share is ``away``: merely looking for it hands the reader's password hash to it.
    """
    plain = target.replace("%5C", "\\").replace("%5c", "\\").replace("%2F", "/").replace("%2f", "/")
    if _DRIVE.match(plain):
        return "here"
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1].lower() in ("http", "https"):
        return "web"
    if scheme or _SHARE.match(plain):
        return "away"
    return "here"
