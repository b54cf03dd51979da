"""The text inside kept files: of real files of every kind, and what happens to odd ones."""

from collections.abc import Callable

import pytest

from evidence_review.extraction.actions.ask import ask_for_text
from evidence_review.extraction.actions.take_text import take_text
from evidence_review.extraction.caps import MOST_CHARACTERS
from evidence_review.extraction.models import ExtractedText
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.queries import text_of
from tests.evidence_review.extraction.conftest import Kept
from tests.files import office, opendocument, pdfs, pictures, written
from tests.files.packages import pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(kept: Kept) -> Callable[..., ExtractedText]:
    """Keep a file, take its text out, and return what was found."""

    def take(content: bytes, extension: str) -> ExtractedText:
        version = kept(content, extension)
        assert ask_for_text(version)
        take_text(version.sha256)
        found = text_of(version.sha256)
        assert found is not None
        return found

    return take


def test_the_text_of_a_pdf_is_kept_page_by_page(taken: Callable[..., ExtractedText]) -> None:
    found = taken(written.pdf_of(["Fire drill", "held in May"], ["Everybody out"]), "pdf")
    assert found.outcome == Outcome.DONE
    assert found.pages == 2
    assert [page.split() for page in found.text.split("\f")] == [
        ["Fire", "drill", "held", "in", "May"],
        ["Everybody", "out"],
        [],
    ]
    assert found.characters == len(found.text)
    assert not found.ocr


WORD_TABLE = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Name</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>Trained</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
DELETED = (
    "<w:p><w:del><w:r><w:delText>secret</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>"
)
SHEET = (
    '<row r="1"><c r="A1" t="s"><v>1</v></c>'
    '<c r="C1" t="inlineStr"><is><t>Passed</t></is></c></row>'
    '<row r="2"><c r="A2" s="1"><v>46348</v></c><c r="B2"><v>12.50</v></c>'
    '<c r="C2" t="b"><v>1</v></c></row>'
)
SHARED = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)


def _workbook() -> bytes:
    strings = SHARED.format(
        "<si><t>never used</t></si><si><r><t>First </t></r><r><t>aid</t></r></si>"
    )
    return office.xlsx(
        cells=SHEET,
        links=[
            ("sharedStrings", "sharedStrings.xml", False),
            ("styles", "styles.xml", False),
        ],
        more={"xl/sharedStrings.xml": strings, "xl/styles.xml": STYLES},
    )


ODS_TABLE = (
    '<table:table table:name="Training"><table:table-row>'
    "<table:table-cell><text:p>Priya</text:p></table:table-cell>"
    '<table:table-cell table:number-columns-repeated="2"/>'
    "<table:table-cell><text:p>2026</text:p></table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    "</table:table>"
)


@pytest.mark.parametrize(
    ("extension", "content", "lines"),
    [
        (
            "docx",
            written.docx_of("Policy", "Lock the door &amp; tell"),
            ["Policy", "Lock the door & tell"],
        ),
        ("docx", office.docx(WORD_TABLE), ["Name \tTrained \t"]),
        ("docx", office.docx(DELETED), ["kept"]),
        ("xlsx", _workbook(), ["Training", "First aid\t\tPassed", "22 November 2026\t12.5\tTRUE"]),
        ("pptx", written.pptx_of("Shown first", "Shown second"), ["Shown first", "\fShown second"]),
        (
            "odt",
            written.odt_of("Policy<text:s text:c='2'/>here", "Twice"),
            ["Policy  here", "Twice"],
        ),
        ("ods", opendocument.ods(ODS_TABLE), ["Training", "Priya\t\t\t2026"]),
        ("txt", "Caf\xe9 opened\r\n\x00at ten".encode("cp1252"), ["Caf\xe9 opened", "at ten"]),
        ("txt", "Ol\xe1".encode("utf-16"), ["Ol\xe1"]),
        ("csv", b"name,trained\nPriya,yes\n", ["name,trained", "Priya,yes"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_text_of_every_kind_of_file_is_what_a_reader_sees(
    taken: Callable[..., ExtractedText], extension: str, content: bytes, lines: list[str]
) -> None:
    found = taken(content, extension)
    assert found.outcome == Outcome.DONE
    assert [line for line in found.text.split("\n") if line.strip()] == lines


def test_a_text_of_many_characters_is_cut_and_says_so(taken: Callable[..., ExtractedText]) -> None:
    found = taken(b"fire drill \n" * 120_000, "txt")
    assert found.outcome == Outcome.DONE
    assert found.is_cut
    assert found.characters == len(found.text) == MOST_CHARACTERS


@pytest.mark.parametrize(
    ("extension", "content"),
    [("pdf", pdfs.pdf()), ("txt", b" \n\t\n"), ("docx", office.docx("")), ("png", pictures.png())],
)
def test_a_file_without_words_has_nothing_to_read(
    taken: Callable[..., ExtractedText], extension: str, content: bytes
) -> None:
    found = taken(content, extension)
    assert found.outcome == Outcome.NOTHING_TO_READ
    assert found.text == ""


ENTITY = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">]><office:document-content>&a;</office:document-content>'
)


@pytest.mark.parametrize(
    ("extension", "content", "outcome"),
    [
        ("pdf", b"%PDF-1.7 and then nothing", Outcome.FAILED),
        ("pdf", pdfs.pdf_with_password(), Outcome.FAILED),
        ("docx", b"PK\x03\x04 and then nothing", Outcome.FAILED),
        ("docx", pack({"word/document.xml": "<w:document/>"}), Outcome.FAILED),
        ("odt", opendocument.odt(more={"content.xml": ENTITY}), Outcome.FAILED),
        ("odt", opendocument.odt(more={"content.xml": "<broken"}), Outcome.FAILED),
        ("docx", office.docx("<w:p/>" * 2_000_000), Outcome.TOO_BIG),
        ("txt", b"\x81\x8d\x8f\x90\x9d", Outcome.FAILED),
    ],
    ids=["broken", "locked", "no-zip", "no-types", "entity", "no-xml", "bomb", "no-text"],
)
def test_a_file_that_cannot_be_read_is_marked_at_once(
    taken: Callable[..., ExtractedText], extension: str, content: bytes, outcome: Outcome
) -> None:
    found = taken(content, extension)
    assert found.outcome == outcome
    assert found.problem
    assert found.attempts == 1
    assert found.text == ""


def test_what_no_database_takes_is_left_out_of_the_text(
    taken: Callable[..., ExtractedText],
) -> None:
    found = taken(
        "\x00\x07fire\ufffe drill\ud83d\ude00".encode("utf-16-le", "surrogatepass").join(
            [b"\xff\xfe", b""]
        ),
        "txt",
    )
    assert found.text == "fire drill\U0001f600"
