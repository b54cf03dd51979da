"""Text and CSV files: every byte of them is readable text."""

import codecs
import re

from evidence_review.evidence.gate.limits import FIRST_BYTES, MEGABYTE
from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.parsers.formulas import is_dde
from evidence_review.evidence.gate.plain_text import UNREADABLE, encodings_for
from evidence_review.evidence.gate.reasons import Code

_FORMULA_CELL = re.compile(r"(?:^|[,;\t\n\r])[ \"']*([=+\-@][^\n\r]*(?:\||[dD][dD][eE])[^\n\r]*)")
_OVERLAP = 4096


def inspect_text(work: Work) -> Findings:
    """Refuse what does not decode or holds control characters, and DDE formulas in CSV cells."""
    first = work.source.read(FIRST_BYTES)
    for encoding in encodings_for(first):
        work.source.seek(0)
        try:
            return _read(work, encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(Code.NOT_TEXT)


def _read(work: Work, encoding: str) -> Findings:
    findings = Findings()
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, before = 0, ""
    while True:
        raw = work.source.read(MEGABYTE)
        text = decoder.decode(raw, final=not raw)
        if UNREADABLE.search(text):
            raise Refused(Code.NOT_TEXT)
        if work.extension == "csv" and _has_dde(before + text):
            findings.refuse(Code.DDE)
        lines += text.count("\n")
        before = text[-_OVERLAP:]
        if not raw:
            break
    findings.facts.update(lines=lines + 1, encoding=encoding)
    return findings


def _has_dde(text: str) -> bool:
    return any(is_dde(cell.encode()) for cell in _FORMULA_CELL.findall(text))
