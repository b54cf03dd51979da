"""PDF files: readable without a password, and without anything that acts."""

import io
import re
from collections.abc import Iterable
from typing import cast

import pikepdf

from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.parsers.pdf_actions import ACTING_NAMES, judge_dictionary
from evidence_review.evidence.gate.parsers.tails import ends_as_archive, starts_as_something
from evidence_review.evidence.gate.reasons import Code

_TAIL_BYTES = 2048
_MAX_TAIL = 1024
"""How much may follow the last end mark: readers look for the mark in the last 1,024 bytes."""
_UNSURE = ("reconstruct", "duplicated key")
_NAME = re.compile(rb"/((?:[A-Za-z0-9_]|#[0-9A-Fa-f]{2})+)")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_HIDDEN_ACTION_NAMES = frozenset(
    b"JavaScript Launch EmbeddedFile XFA RichMedia ImportData SubmitForm GoToE GoToR".split()
)


def _open_random_device() -> None:
    """Make qpdf open the system's random device, which it wants for files with a password.

    A confined child may not open it, so it inherits it from the room.
    """
    with pikepdf.new() as sample:
        sample.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="owner", user=""))


_open_random_device()


def inspect_pdf(work: Work) -> Findings:
    """Refuse passwords, damage, data around the document and everything that acts."""
    _check_edges(work)
    findings = Findings()
    try:
        with pikepdf.open(
            work.source, access_mode=pikepdf.AccessMode.mmap, suppress_warnings=True
        ) as pdf:
            if pdf.is_encrypted:
                raise Refused(Code.RESTRICTED)
            _judge_objects(pdf, work, findings)
            findings.facts["pages"] = _count_pages(pdf)
            _judge_repairs(pdf, work, findings)
    except pikepdf.PasswordError:
        raise Refused(Code.ENCRYPTED) from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        raise Refused(Code.DAMAGED) from None
    return findings


def _check_edges(work: Work) -> None:
    """A PDF starts at the first byte and ends at its end mark, or it may be two files in one."""
    source = work.source
    if source.read(5) != b"%PDF-":
        raise Refused(Code.EXTRA_DATA)
    size = source.seek(0, 2)
    source.seek(max(0, size - _TAIL_BYTES))
    tail = source.read()
    after = tail[tail.rfind(b"%%EOF") + 5 :].strip(b"\r\n\t \0")
    if b"%%EOF" not in tail or len(after) > _MAX_TAIL or starts_as_something(after):
        raise Refused(Code.EXTRA_DATA if b"%%EOF" in tail else Code.DAMAGED)
    if ends_as_archive(source, size):
        raise Refused(Code.EXTRA_DATA)
    source.seek(0)


def _judge_objects(pdf: pikepdf.Pdf, work: Work, findings: Findings) -> None:
    """Every object of the file, reachable or not: readers disagree about what is reachable.

    The text of an object is compared with a few names first, because that is ten times faster than
    walking it; names are written out by the parser, so a name disguised with #xx is seen.
    """
    if len(pdf.objects) > work.limits.pdf_objects:
        raise Refused(Code.TOO_COMPLEX)
    for item in cast("Iterable[object]", pdf.objects):
        if not isinstance(item, pikepdf.Object):
            continue  # A number or a word on its own, already turned into Python's.
        held = item
        if isinstance(item, pikepdf.Stream):
            held = item.stream_dict
            if "/F" in held:
                findings.refuse(Code.EXTERNAL_CONTENT)
        if ACTING_NAMES.search(held.unparse(resolved=True)):
            judge_dictionary(held, findings)


def _count_pages(pdf: pikepdf.Pdf) -> int:
    count = len(pdf.pages)
    if not count:
        raise Refused(Code.DAMAGED)
    return count


def _judge_repairs(pdf: pikepdf.Pdf, work: Work, findings: Findings) -> None:
    """A file that had to be repaired may look different to another reader.

    Then a forbidden name anywhere in its bytes is enough.
    """
    warnings = " ".join(str(warning) for warning in pdf.get_warnings())
    if findings.codes or not any(word in warnings for word in _UNSURE):
        return
    work.source.seek(0)
    if _acting_names(work.source.read()):
        raise Refused(Code.DAMAGED)
    if any(_acting_names(item.read_bytes()) for item in pdf.objects if _holds_objects(item)):
        raise Refused(Code.DAMAGED)


def _holds_objects(item: object) -> bool:
    return isinstance(item, pikepdf.Stream) and item.stream_dict.get("/Type") == "/ObjStm"


def _acting_names(raw: bytes) -> bool:
    return any(
        _HEX.sub(lambda digits: bytes([int(digits[1], 16)]), name) in _HIDDEN_ACTION_NAMES
        for name in (match[1] for match in _NAME.finditer(raw))
    )
