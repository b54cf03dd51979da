"""Files as care providers keep them: scanned and written PDFs, Word files, spreadsheets, notes."""

import io
import random
import zipfile

import pikepdf
from PIL import Image

from home.demo import files as plain

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
_WORDS = ("staff", "review", "policy", "resident", "records", "training", "audit", "consent")
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def realistic(rng: random.Random, smallest: int, largest: int) -> tuple[str, bytes]:
    """Return name and content of a file that nobody had before, about so large.

    Sizes in bytes, spread evenly over their logarithm: of 0.2 to 8 MB half are below 1.3 MB.
    Of ten files four are scanned PDFs, three written ones, two Word files and one a spreadsheet.
    """
    size = int(smallest * (largest / smallest) ** rng.random())
    extension, make = rng.choices(
        (("pdf", scanned_pdf), ("pdf", written_pdf), ("docx", docx), ("xlsx", xlsx)),
        weights=(4, 3, 2, 1),
    )[0]
    return f"{rng.getrandbits(64):016x}.{extension}", make(rng, size)


def small(rng: random.Random) -> tuple[str, bytes]:
    """Return a file of a few kilobytes: a PDF of one page, or a note."""
    words = _prose(rng, 200)
    if rng.random() < 0.5:
        return f"{rng.getrandbits(64):016x}.txt", words.encode()
    return f"{rng.getrandbits(64):016x}.pdf", plain.pdf("Note", [words])


def scanned_pdf(rng: random.Random, size: int) -> bytes:
    """Return a PDF of scanned pages: a JPEG of some 300 KB on each."""
    document = pikepdf.new()
    left = size
    while left > 0:
        picture = _jpeg(rng, min(left, 300 * KILOBYTE))
        page = document.add_blank_page(page_size=(595, 842))
        image = document.make_stream(picture)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height = Image.open(io.BytesIO(picture)).size
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        image.Filter = pikepdf.Name.DCTDecode
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I0=image))
        page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /I0 Do Q")
        left -= len(picture)
    return _saved(document)


def written_pdf(rng: random.Random, size: int) -> bytes:
    """Return a PDF of pages of text, with a picture on every fourth."""
    document = pikepdf.new()
    left, number = size, 0
    while left > 0:
        page = document.add_blank_page(page_size=(595, 842))
        text = _prose(rng, 450)
        page.Contents = document.make_stream(f"BT /F1 11 Tf 60 780 Td ({text}) Tj ET".encode())
        left -= len(text) // 2
        if number % 4 == 0:
            picture = document.make_stream(_jpeg(rng, min(max(left, KILOBYTE), 120 * KILOBYTE)))
            picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            picture.Filter = pikepdf.Name.DCTDecode
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I0=picture))
            left -= len(picture.read_raw_bytes())
        number += 1
    return _saved(document)


def docx(rng: random.Random, size: int) -> bytes:
    """Return a Word file: text, and pictures of up to 400 KB."""
    pictures = []
    left = size
    while left > 0:
        pictures.append(_jpeg(rng, min(left, 400 * KILOBYTE)))
        left -= len(pictures[-1])
    body = "".join(f"<w:p><w:r><w:t>{_prose(rng, 60)}</w:t></w:r></w:p>" for _ in range(40))
    text = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    links = "".join(
        f'<Relationship Id="p{number}" Type="{_OFFICE}/image" Target="media/image{number}.jpeg"/>'
        for number in range(len(pictures))
    )
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _types("/word/document.xml", _MAIN),
        "_rels/.rels": _relationships(
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": text.encode(),
        "word/_rels/document.xml.rels": _relationships(links),
    }
    parts |= {f"word/media/image{number}.jpeg": one for number, one in enumerate(pictures)}
    return _package(parts)


def xlsx(rng: random.Random, size: int) -> bytes:
    """Return a spreadsheet of numbers, about ``size`` bytes when packed."""
    rows = []
    for number in range(1, size // 86 + 2):
        cells = "".join(
            f'<c r="{column}{number}"><v>{rng.getrandbits(40)}</v></c>' for column in "ABCDEFGH"
        )
        rows.append(f'<row r="{number}">{cells}</row>')
    sheet = f'<worksheet xmlns="{_CELLS}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    book = (
        f'<workbook xmlns="{_CELLS}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Training" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    return _package(
        {
            "[Content_Types].xml": _types("/xl/workbook.xml", f"{_SHEET}.sheet.main+xml"),
            "_rels/.rels": _relationships(
                f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            ),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": _relationships(
                f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/s.xml"/>'
            ),
            "xl/worksheets/s.xml": sheet.encode(),
        }
    )


def _types(main_part: str, main_type: str) -> bytes:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Override PartName="{main_part}" ContentType="{main_type}"/></Types>'
    ).encode()


def _relationships(links: str) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'.encode()


def _package(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _prose(rng: random.Random, words: int) -> str:
    return " ".join(f"{rng.choice(_WORDS)}{rng.getrandbits(12):x}" for _ in range(words))


def _jpeg(rng: random.Random, size: int) -> bytes:
    """Return a picture of grey noise, as a scan of paper is to a compressor, about so large."""
    side = max(16, int(size**0.5 * 1.05))
    made = io.BytesIO()
    noise = rng.randbytes(side * side)
    Image.frombytes("L", (side, side), noise).save(made, "JPEG", quality=88)
    return made.getvalue()


def _saved(document: pikepdf.Pdf) -> bytes:
    made = io.BytesIO()
    document.save(made, deterministic_id=True)
    return made.getvalue()
