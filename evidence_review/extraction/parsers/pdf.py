"""Text and pages of PDF files, by PDFium: it runs no scripts and follows no links here."""

from collections.abc import Iterator

from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError

from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.reasons import Code
from evidence_review.extraction.caps import (
    MOST_PAGES,
    MOST_READ_PAGES,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    READING_EDGE,
)
from evidence_review.extraction.parsers.pictures import draw_shown, grey
from evidence_review.extraction.parsers.writing import PictureSink, TextSink

_LARGEST_SCALE = 4.0


def _warm_up() -> None:
    """Draw an empty page, so that PDFium has looked for fonts before it may not open files."""
    sample = PdfDocument.new()
    sample.new_page(100, 100).render().to_pil()
    sample.close()


_warm_up()


def _open(work: Work) -> PdfDocument:
    try:
        return PdfDocument(work.source)
    except PdfiumError:
        raise Refused(Code.DAMAGED) from None


def text_of_pdf(work: Work) -> Findings:
    """Write the text page by page; a page that cannot be read counts as an empty one."""
    document = _open(work)
    with TextSink(work) as sink:
        for number in range(len(document)):
            sink.write(_page_text(document, number))
            sink.end_page()
    findings = sink.findings()
    findings.facts["pages"] = len(document)
    return findings


def _page_text(document: PdfDocument, number: int) -> str:
    try:
        page = document[number]
        text = page.get_textpage()
        found: str = text.get_text_bounded()
        text.close()
        page.close()
    except PdfiumError:
        return ""
    return found


def pages_of_pdf(work: Work) -> Findings:
    """Draw the first pages as people see them, with what was filled into forms."""
    document = _open(work)
    document.init_forms()
    sink = PictureSink(work)
    for page in _drawn(document, MOST_PAGES, (PAGE_WIDTH, PAGE_HEIGHT)):
        draw_shown(page, sink)
        if sink.is_late:
            break
    return sink.findings(len(document))


def scans_of_pdf(work: Work) -> Findings:
    """Draw the first pages in grey, large enough for a program to read them."""
    document = _open(work)
    sink = PictureSink(work)
    for page in _drawn(document, MOST_READ_PAGES, (READING_EDGE, READING_EDGE)):
        sink.write(grey(page), "PNG")
        if sink.is_late:
            break
    return sink.findings(len(document))


def _drawn(document: PdfDocument, most: int, size: tuple[int, int]) -> Iterator[Image.Image]:
    """Give the pictures of the first pages; a page that cannot be drawn is an empty sheet."""
    for number in range(min(most, len(document))):
        try:
            page = document[number]
            width, height = (max(1.0, side) for side in page.get_size())
            scale = min(size[0] / width, size[1] / height, _LARGEST_SCALE)
            yield page.render(scale=scale).to_pil().convert("RGB")
            page.close()
        except PdfiumError:
            yield Image.new("RGB", size, "white")
