"""The page and the PDF say the same, whatever people wrote."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pypdfium2
import pytest

from evidence_review.inspection.past import ChapterThen, ClaimThen, EvidenceThen, PartThen
from evidence_review.packs import report_pdf as pdf
from evidence_review.packs.contents import Contents
from evidence_review.packs.report import report_of
from evidence_review.packs.report_page import index_html
from portal.record.moments import Moment

AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
ONE = EvidenceThen(
    ref="ref-1",
    version_public_id="version-1",
    title="Data protection policy",
    claim="We keep information safe.",
    kind="Policy",
    site="",
    owner="Tom Whitlock (demo), Manager",
    period_start=date(2026, 1, 1),
    period_end=None,
    review_date=date(2027, 6, 30),
    number=3,
    sha256="ab" * 32,
    size=2048,
    media_type="application/pdf",
    extension="pdf",
    original_name="x.pdf",
    uploaded_at=AT,
    approved_at=AT,
    approved_by="Grace Adeyemi (demo), IG lead",
    requirements=("dspt-v8:1.3.1",),
    events=(2, 3, 4),
)
CLAIM = ClaimThen(
    text="We learn from near misses.",
    what_changed="Letters are read twice.",
    category="Processes",
    owner="Tom",
    site="",
    made_at=AT,
    evidence=("ref-1",),
)
SCOPE = {
    "organisation": {"name": "Demo Care Group (demo)", "ods_code": "A0DEM"},
    "editions": ["dspt-v8"],
    "edition_names": ["DSPT version 8"],
    "statements": [],
    "statement_names": [],
    "sites": [],
    "site_names": [],
    "approved_from": "",
    "approved_to": "2026-11-30",
}
NAUGHTY = [
    "#let x = 1; #x *bold* _it_ $x^2$ @ref <label> = Heading",
    '"; #sys.exit("}) ]] \\',
    "<script>alert(1)</script> & ' \" {{ x }} {% now %}",
    "中文 😀 \u202egnp.exe \x00 \x07 \ufeff",
    "עברית عربى Ünïcödé ŵŷ Ελληνικά Кириллица €",
    "a" * 200,
]


def contents(*evidence: EvidenceThen, claims: tuple[ClaimThen, ...] = ()) -> Contents:
    part = PartThen(
        code="dspt-v8:1.3.1",
        label="1.3.1 Policies",
        title="Policies",
        section="",
        claims=claims,
        evidence=evidence,
    )
    empty = replace(part, code="dspt-v8:1.3.2", label="1.3.2 Nothing", claims=(), evidence=())
    chapter = ChapterThen(
        edition_code="dspt-v8",
        edition_name="DSPT version 8",
        framework_name="DSPT",
        parts=(part, empty),
    )
    paths = {one.ref: f"evidence/1.3.1/{one.ref} #1?.pdf" for one in evidence}
    return Contents(SCOPE, True, Moment(9, AT), list(evidence), [chapter], paths)


def words_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def test_both_faces_say_what_was_approved_by_whom_and_how_to_check_it() -> None:
    report = report_of(contents(ONE, claims=(CLAIM,)))
    page, paper = index_html(report).decode(), words_of_pdf(pdf.report_pdf(report, AT))
    for words in (unescape(re.sub(r"<[^>]*>", " ", page)), paper):
        text = " ".join(words.split())
        for said in (
            "Demo Care Group (demo)",
            "1 piece of evidence",
            "How to check this pack",
            "1.3.1 Policies",
            "We learn from near misses.",
            "What changed because of it: Letters are read twice.",
            "Processes. Tom. Claim made on 22 November 2026",
            "Data protection policy",
            "22 November 2026, 14:02, by Grace Adeyemi (demo), IG lead",
            "30 June 2027",
            "up to 30 November 2026".replace("up to", "to"),
            "ab" * 32,
        ):
            assert said in text
        assert "1.3.2 Nothing" not in text


def test_a_title_leads_to_its_file_by_a_relative_address() -> None:
    page = index_html(report_of(contents(ONE))).decode()
    assert '<a href="evidence/1.3.1/ref-1%20%231%3F.pdf">' in page
    assert "<script" not in page
    assert not re.search(r'(src|href)="(https?:)?//', page)


@pytest.mark.parametrize("words", NAUGHTY)
def test_whatever_people_wrote_is_shown_and_never_obeyed(words: str) -> None:
    wild = replace(ONE, title=words, claim=words, owner=words)
    report = report_of(contents(wild, claims=(replace(CLAIM, text=words),)))
    page = index_html(report).decode()
    paper = pdf.report_pdf(report, AT)
    assert paper.startswith(b"%PDF-")
    assert "<script>" not in page
    seen = "".join(words_of_pdf(paper).split())
    plain = "".join(sign for sign in words if sign.isascii() and sign.isprintable()).split()
    for word in plain if len(words) < 100 and words.isascii() else ():
        assert word in seen


def test_the_same_contents_give_the_same_files() -> None:
    report = report_of(contents(ONE))
    assert pdf.report_pdf(report, AT) == pdf.report_pdf(report_of(contents(ONE)), AT)


def test_a_very_long_report_is_a_summary_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_ENTRIES", 1)
    two = contents(ONE, replace(ONE, ref="ref-2", title="Another"), claims=(CLAIM,))
    text = " ".join(words_of_pdf(pdf.report_pdf(report_of(two), AT)).split())
    assert "2 pieces of evidence." in text
    assert "We learn from near misses." in text
    assert "Another" not in text
