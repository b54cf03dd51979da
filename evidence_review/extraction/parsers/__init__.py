"""The parsers that take text and pictures out of hostile bytes; imported by a parser room only.

As in the gate, whose room and limits these use: a confined child cannot open files, so everything
it may need is imported and warmed up here, before the fork. ``JOBS`` is all the room can be asked.
"""

import codecs

from evidence_review.evidence.gate.parsers.findings import Parser
from evidence_review.extraction.parsers.opendocument import text_of_odf
from evidence_review.extraction.parsers.pdf import pages_of_pdf, scans_of_pdf, text_of_pdf
from evidence_review.extraction.parsers.pictures import page_of_picture, scan_of_picture
from evidence_review.extraction.parsers.plain import text_of_plain
from evidence_review.extraction.parsers.presentation import text_of_slides
from evidence_review.extraction.parsers.sheets import text_of_sheets
from evidence_review.extraction.parsers.word import text_of_word

for _encoding in ("cp437", "cp1252", "latin-1", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"):
    codecs.lookup(_encoding)

JOBS: dict[str, Parser] = {
    "text.pdf": text_of_pdf,
    "text.docx": text_of_word,
    "text.xlsx": text_of_sheets,
    "text.pptx": text_of_slides,
    "text.odt": text_of_odf,
    "text.ods": text_of_odf,
    "text.txt": text_of_plain,
    "text.csv": text_of_plain,
    "pages.pdf": pages_of_pdf,
    "pages.jpg": page_of_picture,
    "pages.jpeg": page_of_picture,
    "pages.png": page_of_picture,
    "pages.heic": page_of_picture,
    "scans.pdf": scans_of_pdf,
    "scans.jpg": scan_of_picture,
    "scans.jpeg": scan_of_picture,
    "scans.png": scan_of_picture,
    "scans.heic": scan_of_picture,
}
"""By what is wanted and the extension: text, pages to show, or scans to be read by OCR."""
