"""Word, Excel and PowerPoint files: clean ones, and one for every thing the gate refuses."""

from collections.abc import Sequence

from tests.files.compound import compound
from tests.files.packages import pack

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument."

WORD_MAIN = _MAIN + "wordprocessingml.document.main+xml"
EXCEL_MAIN = _MAIN + "spreadsheetml.sheet.main+xml"
POWERPOINT_MAIN = _MAIN + "presentationml.presentation.main+xml"

Link = tuple[str, str, bool]
"""Kind, target, and whether it leads out of the file."""


def content_types(main_part: str, main_type: str, extra: Sequence[tuple[str, str]] = ()) -> str:
    """The part that says what the other parts are; ``extra`` adds (part, type)."""
    lines = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part, kind in [(main_part, main_type), *extra]
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def relationships(links: Sequence[Link]) -> str:
    """A part of relationships; a kind with "://" in it is a whole type."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if "://" in kind else _TYPE + kind}" '
        f'Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
        for number, (kind, target, outside) in enumerate(links, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_RELS}">{lines}</Relationships>'


def word_parts(
    body: str = "<w:p><w:r><w:t>Policy</w:t></w:r></w:p>",
    *,
    links: Sequence[Link] = (),
    types: Sequence[tuple[str, str]] = (),
    main_type: str = WORD_MAIN,
    more: dict[str, bytes | str] | None = None,
) -> dict[str, bytes | str]:
    """The parts of a Word document."""
    return {
        "[Content_Types].xml": content_types("word/document.xml", main_type, types),
        "_rels/.rels": relationships([("officeDocument", "word/document.xml", False)]),
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body>'
        "</w:document>",
        "word/_rels/document.xml.rels": relationships(links),
        **(more or {}),
    }


def excel_parts(
    cells: str = '<row r="1"><c r="A1"><v>1</v></c></row>',
    *,
    names: str = "",
    links: Sequence[Link] = (),
    types: Sequence[tuple[str, str]] = (),
    main_type: str = EXCEL_MAIN,
    more: dict[str, bytes | str] | None = None,
) -> dict[str, bytes | str]:
    """The parts of an Excel workbook with one sheet."""
    sheet = ("worksheet", "worksheets/sheet1.xml", False)
    return {
        "[Content_Types].xml": content_types("xl/workbook.xml", main_type, types),
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml", False)]),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_TYPE[:-1]}"><sheets>'
        f'<sheet name="Training" sheetId="1" r:id="rId1"/></sheets>{names}</workbook>',
        "xl/_rels/workbook.xml.rels": relationships([sheet, *links]),
        "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetData>{cells}'
        "</sheetData></worksheet>",
        **(more or {}),
    }


def powerpoint_parts(
    shapes: str = "",
    *,
    links: Sequence[Link] = (),
    main_type: str = POWERPOINT_MAIN,
    more: dict[str, bytes | str] | None = None,
) -> dict[str, bytes | str]:
    """The parts of a PowerPoint presentation with one slide."""
    slide = ("slide", "slides/slide1.xml", False)
    return {
        "[Content_Types].xml": content_types("ppt/presentation.xml", main_type),
        "_rels/.rels": relationships([("officeDocument", "ppt/presentation.xml", False)]),
        "ppt/presentation.xml": f'{_HEAD}<p:presentation xmlns:p="{_SLIDE}"/>',
        "ppt/_rels/presentation.xml.rels": relationships([slide]),
        "ppt/slides/slide1.xml": f'{_HEAD}<p:sld xmlns:p="{_SLIDE}">{shapes}</p:sld>',
        "ppt/slides/_rels/slide1.xml.rels": relationships(links),
        **(more or {}),
    }


def docx(body: str = "<w:p><w:r><w:t>Policy</w:t></w:r></w:p>", **changes: object) -> bytes:
    """A Word document; see ``word_parts`` for what can be changed."""
    return pack(word_parts(body, **changes))  # type: ignore[arg-type]  # passed on as they are


def xlsx(**changes: object) -> bytes:
    """An Excel workbook; see ``excel_parts`` for what can be changed."""
    return pack(excel_parts(**changes))  # type: ignore[arg-type]  # passed on as they are


def pptx(**changes: object) -> bytes:
    """A PowerPoint presentation; see ``powerpoint_parts`` for what can be changed."""
    return pack(powerpoint_parts(**changes))  # type: ignore[arg-type]  # passed on as they are


def field(*runs: str, result: str = "x") -> str:
    """A Word field whose code is spread over the given runs."""
    code = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{result}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def docx_with_macros() -> bytes:
    """A macro-enabled document that was renamed to .docx."""
    return docx(
        main_type="application/vnd.ms-word.document.macroEnabled.main+xml",
        types=[("word/vbaProject.bin", "application/vnd.ms-office.vbaProject")],
        links=[
            ("http://schemas.microsoft.com/office/2006/relationships/vbaProject",
             "vbaProject.bin", False)
        ],
        more={"word/vbaProject.bin": compound("VBA")},
    )  # fmt: skip


def docx_with_object() -> bytes:
    """A document with a file dropped into it (an OLE package)."""
    return docx(
        links=[("oleObject", "embeddings/oleObject1.bin", False)],
        more={"word/embeddings/oleObject1.bin": compound("\x01Ole10Native")},
    )


def pptx_with_chart() -> bytes:
    """A presentation with a chart and, behind it, the whole workbook."""
    return pptx(
        links=[("package", "../embeddings/Microsoft_Excel_Sheet1.xlsx", False)],
        more={"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": xlsx()},
    )


def docx_with_template(target: str) -> bytes:
    """A document tied to a template at ``target``."""
    return docx(
        more={
            "word/_rels/settings.xml.rels": relationships([("attachedTemplate", target, True)]),
        }
    )
