"""XML parts: well formed, without definitions of their own, and in a form that can be searched."""

import codecs
import re
from xml.parsers import expat

from evidence_review.evidence.gate.parsers.findings import Refused
from evidence_review.evidence.gate.reasons import Code

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
_REFERENCE = re.compile(rb"&#(?:x0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));")
_INVISIBLE = re.compile(rb"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_UTF16_STARTS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")


def read_xml(data: bytes, *, bare_doctype: bool = False) -> bytes:
    """Check an XML part and return it as UTF-8 in which plain searches find what a reader sees.

    Numeric references are resolved; comments, instructions and CDATA marks are removed.
    ``bare_doctype`` allows a document type that only names an outside definition, which older
    office programs write and nobody fetches. Raises ``Refused``.
    """
    text = _as_utf8(data)
    _check_well_formed(data, bare_doctype)
    if b"&#" in text:
        text = _REFERENCE.sub(_resolve, text)
    if text.count(b"<?") > 1 or b"<!" in text:
        text = _INVISIBLE.sub(_reveal, text)
    return text


def _check_well_formed(data: bytes, bare_doctype: bool) -> None:
    def on_doctype(_name: str, _system: str | None, _public: str | None, internal: bool) -> None:
        if internal or not bare_doctype:
            raise Refused(Code.UNSAFE_XML)

    def on_entity(*_declaration: object) -> None:
        raise Refused(Code.UNSAFE_XML)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = on_doctype
    parser.EntityDeclHandler = on_entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Refused(Code.DAMAGED) from None


def _as_utf8(data: bytes) -> bytes:
    if data.startswith(_UTF16_STARTS):
        little = data.startswith((codecs.BOM_UTF16_LE, b"<\0"))
        try:
            return data.decode("utf-16-le" if little else "utf-16-be").encode()
        except UnicodeDecodeError:
            raise Refused(Code.DAMAGED) from None
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    if declared and declared[1].lower() not in _ENCODINGS:
        raise Refused(Code.UNSAFE_XML)
    return data


def _resolve(match: re.Match[bytes]) -> bytes:
    number = int(match[1], 16) if match[1] else int(match[2])
    return bytes([number]) if 0x20 <= number < 0x7F and number not in b"<>&\"'" else match[0]


def _reveal(match: re.Match[bytes]) -> bytes:
    """Nothing for a comment or an instruction; for a CDATA section its text, escaped."""
    return (match[1] or b"").replace(b"<", b"&lt;")
