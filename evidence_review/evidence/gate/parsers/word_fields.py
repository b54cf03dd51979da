"""Field codes in Word documents: the few that start programs or fetch files."""

import re
from xml.parsers import expat

from evidence_review.evidence.gate.parsers.findings import Findings
from evidence_review.evidence.gate.parsers.relationships import place_of
from evidence_review.evidence.gate.reasons import Code

_HAS_FIELDS = re.compile(rb"instrText|fldSimple|delInstrText")
_FIRST_WORD = re.compile(r"\s*\"?([^\s\"]*)")
_TOKEN = re.compile(r"\"([^\"]*)\"|(\S+)")
_SWITCH = re.compile(r"\\[a-zA-Z*#@!]")
_WHOLE_WORD = re.compile(r"\s*\S+\s")
_COMPOSED = frozenset({"IF", "=", "QUOTE", "SET", "COMPARE", "ASK", "FILLIN"})
"""Fields that people write with another field straight after their name."""

_FETCHING: dict[str, set[str]] = {
    "LINK": set(),
    "INCLUDEPICTURE": {"here", "web"},
    "IMPORT": {"here", "web"},
    "INCLUDETEXT": {"here"},
    "INCLUDE": {"here"},
    "RD": {"here"},
}
"""Fields that read a file when they are updated, and the places they may read from."""


class _FieldReader:
    """Follows fields through a part; fields nest, and their code may be spread over many runs."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.open: list[str | None] = []
        self.in_code = False

    def start(self, name: str, given: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in ("instrText", "delInstrText"):
            self.in_code = True
        elif local == "fldSimple":
            self._judge(_attribute(given, "instr"))
        elif local == "fldChar":
            self._mark(_attribute(given, "fldCharType"))

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] in ("instrText", "delInstrText"):
            self.in_code = False

    def text(self, data: str) -> None:
        if self.in_code:
            if not self.open:
                self.open.append("")
            code = self.open[-1]
            if code is not None:
                self.open[-1] = code + data

    def finish(self) -> None:
        """Judge what was never closed, as Word would."""
        while self.open:
            self._close()

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            if self.open and _is_computed(self.open[-1]):
                self.findings.refuse(Code.DDE)
            self.open.append("")
        elif kind == "separate" and self.open:
            self._judge(self.open[-1])
            self.open[-1] = None
        elif kind == "end" and self.open:
            self._close()

    def _close(self) -> None:
        self._judge(self.open.pop())

    def _judge(self, code: str | None) -> None:
        if code is not None:
            judge_field(code, self.findings)


def _is_computed(code: str | None) -> bool:
    """Whether a nested field begins before the name of the outer one is complete.

    "{ {QUOTE 68 68 69} ... }" spells a field's name with numbers; nobody does that by accident.
    """
    if code is None or _WHOLE_WORD.match(code):
        return False
    return code.strip().upper() not in _COMPOSED


def _attribute(given: dict[str, str], local: str) -> str:
    return next((value for name, value in given.items() if name.rpartition(":")[2] == local), "")


def judge_field(code: str, findings: Findings) -> None:
    """Refuse one field if it starts a program, or fetches from a share or (documents) the web."""
    first = _FIRST_WORD.match(code)
    word = first[1].upper() if first else ""
    if word in ("DDE", "DDEAUTO"):
        findings.refuse(Code.DDE)
    elif word in _FETCHING and not _places(code) <= _FETCHING[word]:
        findings.refuse(Code.EXTERNAL_CONTENT)


def _places(code: str) -> set[str]:
    """Where the first argument of a field leads, read with and without doubled backslashes."""
    words = [quoted or plain for quoted, plain in _TOKEN.findall(code)][1:]
    target = next((word for word in words if not _SWITCH.fullmatch(word)), "")
    return {place_of(target), place_of(target.replace("\\\\", "\\"))}


def judge_fields(raw: bytes, text: bytes, findings: Findings) -> None:
    """Look at one XML part of a Word document; ``text`` is the part made searchable."""
    if not _HAS_FIELDS.search(text):
        return
    reader = _FieldReader(findings)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(raw, True)
    reader.finish()
