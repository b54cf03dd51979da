"""Files with known words in them, one of each kind that text is taken from."""

from collections.abc import Sequence

from pikepdf import Dictionary, Name, Pdf

from tests.files import office, opendocument
from tests.files.packages import pack
from tests.files.pdfs import pdf

_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf_of(*pages: Sequence[str]) -> bytes:
    """A PDF with these lines on its pages, in Helvetica."""

    def change(made: Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        for page, lines in zip(made.pages, pages, strict=True):
            shown = " ".join(f"({line}) Tj 0 -16 Td" for line in lines)
            page.Contents = made.make_stream(f"BT /F1 12 Tf 60 780 Td {shown} ET".encode())
            page.Resources = Dictionary(Font=Dictionary(F1=font))

    return pdf(change, pages=len(pages))


def pdf_of_pictures(*pictures: bytes) -> bytes:
    """A PDF like a scan: each page is one JPG."""

    def change(made: Pdf) -> None:
        for page, picture in zip(made.pages, pictures, strict=True):
            shown = made.make_stream(picture)
            shown.stream_dict = Dictionary(
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=64,
                Height=48,
                ColorSpace=Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=Name.DCTDecode,
            )
            page.Resources = Dictionary(XObject=Dictionary(Scan=shown))
            page.Contents = made.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")

    return pdf(change, pages=len(pictures))


def docx_of(*paragraphs: str) -> bytes:
    """A Word document with these paragraphs."""
    return office.docx("".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs))


def odt_of(*paragraphs: str) -> bytes:
    """An OpenDocument text with these paragraphs."""
    return opendocument.odt("".join(f"<text:p>{p}</text:p>" for p in paragraphs))


def pptx_of(*slides: str) -> bytes:
    """A presentation with these words on its slides, listed in the order opposite to their names.

    So a reader that goes by the names of the parts gets the order wrong.
    """
    last = len(slides)
    numbers = range(last, 0, -1)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="s{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="s{n}" Type="{_LINKS}/slide" Target="slides/slide{n}.xml"/>'
        for n in numbers
    )
    parts = office.powerpoint_parts() | {
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{_SLIDES}" xmlns:r="{_LINKS}">'
        f"<p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": "<Relationships xmlns="
        f'"http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
    }
    for n, words in zip(numbers, slides, strict=True):
        parts[f"ppt/slides/slide{n}.xml"] = (
            f'<p:sld xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}">'
            f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:sld>"
        )
    return pack(parts)
