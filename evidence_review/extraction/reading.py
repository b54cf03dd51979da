"""The text of one file: what is written in it, or what can be read from its pictures."""

from dataclasses import dataclass

from evidence_review.extraction.caps import MOST_CHARACTERS, PICTURE_LIMITS, TEXT_LIMITS
from evidence_review.extraction.models import ExtractedText
from evidence_review.extraction.ocr import ocr_is_there, read_scan
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.pictures import pictures_in
from evidence_review.extraction.room import Taken, take_out

_HAS_TEXT = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "ods", "txt", "csv"})
_MAY_BE_SCANNED = frozenset({"pdf", "jpg", "jpeg", "png", "heic"})
_HARDLY_ANY = 20
"""A PDF with fewer letters than this is taken for a scan."""


@dataclass(frozen=True)
class FoundText:
    """What was found in one file. ``again`` says that a second try may end otherwise."""

    outcome: Outcome
    problem: str = ""
    text: str = ""
    is_cut: bool = False
    pages: int = 0
    ocr: bool = False
    again: bool = False


def read_text(look: ExtractedText) -> FoundText:
    """Return the text of the bytes the look is about. Raises what ``take_out`` raises."""
    found = _written(look) if look.extension in _HAS_TEXT else FoundText(Outcome.NOTHING_TO_READ)
    letters = sum(map(str.isalnum, found.text[:10_000]))
    is_scan = look.extension in _MAY_BE_SCANNED and letters < _HARDLY_ANY
    if is_scan and found.outcome in (Outcome.DONE, Outcome.NOTHING_TO_READ) and ocr_is_there():
        return _from_pictures(look, found)
    return found


def _written(look: ExtractedText) -> FoundText:
    with take_out(
        look.sha256, f"text.{look.extension}", extension=look.extension, limits=TEXT_LIMITS
    ) as taken:
        if taken.outcome is not Outcome.DONE:
            return _nothing(taken)
        whole = taken.output.read(TEXT_LIMITS.max_bytes).decode("utf-8", "ignore")
        text = whole.replace("\0", "")[:MOST_CHARACTERS]
        return FoundText(
            Outcome.DONE if text.strip() else Outcome.NOTHING_TO_READ,
            text=text if text.strip() else "",
            is_cut=taken.number("is_cut") == 1 or len(whole) > MOST_CHARACTERS,
            pages=taken.number("pages"),
        )


def _from_pictures(look: ExtractedText, written: FoundText) -> FoundText:
    """Read the pages' pictures; where that finds nothing, what was found before stands."""
    with take_out(
        look.sha256, f"scans.{look.extension}", extension=look.extension, limits=PICTURE_LIMITS
    ) as taken:
        if taken.outcome is not Outcome.DONE:
            return _nothing(taken) if look.extension != "pdf" else written
        pages = [read_scan(scan) for scan in pictures_in(taken.output)]
        count = taken.number("pages")
    text = "\f".join(pages)[:MOST_CHARACTERS]
    if not text.strip():
        return written
    return FoundText(Outcome.DONE, text=text, is_cut=len(pages) < count, pages=count, ocr=True)


def _nothing(taken: Taken) -> FoundText:
    return FoundText(taken.outcome, taken.problem, again=taken.again)
