"""Formulas and links of a workbook that make a reader's program start another one (DDE)."""

import re

from evidence_review.evidence.gate.parsers.findings import Findings
from evidence_review.evidence.gate.reasons import Code

_DDE_LINK = re.compile(rb"<(?:[\w.-]+:)?ddeLink(?=[\s/>])")
_OLE_LINK = re.compile(rb"<(?:[\w.-]+:)?oleLink(?=[\s/>])")
_CONNECTION = re.compile(rb"<(?:[\w.-]+:)?connection(?=[\s/>])[^>]*>")
_REFRESH = re.compile(rb"refreshOnLoad\s*=\s*[\"'](?:1|true)[\"']", re.IGNORECASE)
_FORMULA = re.compile(
    rb"<(?:[\w.-]+:)?(?:f|definedName|formula|formula1|formula2|cm)(?=[\s>])[^>]*>"
    rb"([^<]*(?:\||DDE)[^<]*)<",
    re.IGNORECASE,
)
_STRING = re.compile(rb"\"[^\"]*\"|&quot;.*?&quot;")
_PIPE = re.compile(
    rb"(?:^|[=+\-*/^(,;&\s@])(?:'[^'|]+'|[A-Za-z][\w.\\:]*)\|(?:'[^']*'|[^\s'!|]*)![\w'$]"
)
_CALL = re.compile(rb"\bDDE(?:AUTO)?\s*\(", re.IGNORECASE)


def is_dde(formula: bytes) -> bool:
    """Whether a formula starts or asks another program: ``cmd|'/c calc'!A0`` or ``DDE(...)``.

    ``formula`` is without its equals sign or with it. Text in quotes is not looked at.
    """
    bare = _STRING.sub(b"", formula)
    return bool(_PIPE.search(bare) or _CALL.search(_STRING.sub(b'""', formula)))


def judge_formulas(text: bytes, findings: Findings) -> None:
    """Look at one XML part of a workbook.

    A sheet may be tens of megabytes of numbers, over which an expression takes twenty times longer
    than a search for the plain word without which it cannot match: so each is asked only then.
    """
    if b"ddeLink" in text and _DDE_LINK.search(text):
        findings.refuse(Code.DDE)
    if b"oleLink" in text and _OLE_LINK.search(text):
        findings.refuse(Code.EMBEDDED_OBJECT)
    may_ask = b"|" in text or b"dde" in text.lower()
    if may_ask and any(is_dde(match[1]) for match in _FORMULA.finditer(text)):
        findings.refuse(Code.DDE)
    for match in _CONNECTION.finditer(text) if b"connection" in text else ():
        findings.count("data_connections")
        if _REFRESH.search(match[0]):
            findings.refuse(Code.EXTERNAL_CONTENT)
