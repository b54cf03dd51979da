"""The parsers of hostile bytes. Imported by the parser room only, never by the portal's processes.

A confined child cannot open files, so everything it may need is imported here, encodings too.
``JOBS`` is the whole of what the room can be asked to do.
"""

import codecs

from evidence_review.evidence.gate.parsers.findings import Parser
from evidence_review.evidence.gate.parsers.odf import inspect_odf
from evidence_review.evidence.gate.parsers.ooxml import inspect_ooxml
from evidence_review.evidence.gate.parsers.pdf import inspect_pdf
from evidence_review.evidence.gate.parsers.photo import prepare
from evidence_review.evidence.gate.parsers.pictures import inspect_picture
from evidence_review.evidence.gate.parsers.plain import inspect_text

for _encoding in ("cp437", "cp1252", "latin-1", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"):
    codecs.lookup(_encoding)

JOBS: dict[str, Parser] = {
    "pdf": inspect_pdf,
    "docx": inspect_ooxml,
    "xlsx": inspect_ooxml,
    "pptx": inspect_ooxml,
    "odt": inspect_odf,
    "ods": inspect_odf,
    "jpg": inspect_picture,
    "jpeg": inspect_picture,
    "png": inspect_picture,
    "heic": inspect_picture,
    "txt": inspect_text,
    "csv": inspect_text,
    "prepare_photo": prepare,
}
