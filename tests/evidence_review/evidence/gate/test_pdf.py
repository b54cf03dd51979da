"""PDF: what acts is refused by its type, what only looks like it is not."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from evidence_review.evidence.gate import Limits
from tests.evidence_review.evidence.gate.conftest import Parse
from tests.files import pdfs
from tests.files.pdfs import action

URI = action("URI", URI=b"https://www.example.org/")


def script() -> Dictionary:
    return action("JavaScript", JS=b"app.alert(1)")


@pytest.mark.parametrize(
    "change",
    [
        pdfs.opens_at_page,
        pdfs.opens_with(action("GoTo", D=b"one")),
        pdfs.opens_with(action("Named", N=b"FirstPage")),
        pdfs.linked(URI),
        pdfs.with_empty_trees,
        pdfs.page_runs(action("Hide")),
        pdfs.annotated("Highlight"),
        pdfs.annotated("Text"),
    ],
)
def test_what_does_no_harm_is_accepted(parse: Parse, change: pdfs.Change):
    assert parse(pdfs.pdf(change), "pdf").codes == []


def test_a_page_structure_may_use_the_names_of_actions(parse: Parse):
    def change(made: Pdf) -> None:
        made.Root.Kept = Dictionary(Type=Name.StructElem, S=Name.Sound)

    assert parse(pdfs.pdf(change), "pdf").codes == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("JavaScript", "pdf_script"),
        ("Launch", "pdf_launch"),
        ("ImportData", "pdf_import"),
        ("SubmitForm", "pdf_submit"),
        ("GoToE", "pdf_other_file"),
        ("GoToR", "pdf_other_file"),
        ("Rendition", "pdf_media"),
        ("Movie", "pdf_media"),
        ("Sound", "pdf_media"),
        ("RichMediaExecute", "pdf_media"),
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        pdfs.opens_with,
        pdfs.linked,
        pdfs.page_runs,
        lambda found: pdfs.opens_with(pdfs.chained(action("GoTo"), action("Hide"), found)),
        lambda found: pdfs.linked(pdfs.chained(action("GoTo"), found)),
    ],
    ids=["on opening", "in a link", "on a page", "chained on opening", "chained in a link"],
)
def test_an_acting_action_is_refused_wherever_it_is(parse: Parse, kind: str, code: str, place):
    data = pdfs.pdf(place(action(kind)))
    packed = pdfs.in_object_stream(place(action(kind)))
    assert parse(data, "pdf").codes == [code]
    assert parse(packed, "pdf").codes == [code]


@pytest.mark.parametrize("kind", ["RichMedia", "3D", "Movie", "Sound", "Screen"])
def test_media_annotations_are_refused(parse: Parse, kind: str):
    assert parse(pdfs.pdf(pdfs.annotated(kind)), "pdf").codes == ["pdf_media"]


def test_a_file_attached_to_a_page_is_refused(parse: Parse):
    assert parse(pdfs.pdf(pdfs.annotated("FileAttachment")), "pdf").codes == ["pdf_attachment"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (pdfs.with_attachment, "pdf_attachment"),
        (pdfs.with_xfa, "pdf_xfa"),
        (pdfs.with_named_script, "pdf_script"),
        (pdfs.external_stream, "external_content"),
        (pdfs.opens_with(URI), "pdf_opens_address"),
        (pdfs.page_runs(URI), "pdf_opens_address"),
        (pdfs.opens_with(pdfs.chained(action("GoTo"), URI)), "pdf_opens_address"),
    ],
)
def test_the_rest_of_the_policy(parse: Parse, change: pdfs.Change, code: str):
    assert parse(pdfs.pdf(change), "pdf").codes == [code]


def test_an_associated_file_is_an_attachment(parse: Parse):
    def change(made: Pdf) -> None:
        held = made.make_stream(pdfs.EICAR)
        held.Type = Name.EmbeddedFile
        spec = Dictionary(Type=Name.Filespec, F=String("x"), EF=Dictionary(F=held))
        made.pages[0].AF = Array([made.make_indirect(spec)])

    assert parse(pdfs.pdf(change), "pdf").codes == ["pdf_attachment"]


def test_an_action_that_nothing_leads_to_is_refused_all_the_same(parse: Parse):
    data = pdfs.written_by_hand(b"", b"<</S/JavaScript/JS(1)>>")
    assert parse(data, "pdf").codes == ["pdf_script"]


@pytest.mark.parametrize(
    "disguise",
    [
        b"<</S/Java#53cript/J#53(1)>>",
        b"<</#53/#4aavaScript>>",
        b"<</S %comment\n/JavaScript>>",
        b"[[<</A<</S/JavaScript>>>>]]",
    ],
)
def test_a_disguised_name_is_seen(parse: Parse, disguise: bytes):
    assert parse(pdfs.written_by_hand(b"", disguise), "pdf").codes == ["pdf_script"]


@pytest.mark.parametrize("name", [b"/S/V#e9l", b"/S/V\xe9l", b"/K#e9y 1", b"/Type/\xff\xfe"])
def test_names_in_other_alphabets_are_no_problem(parse: Parse, name: bytes):
    assert parse(pdfs.written_by_hand(b"", b"<</AA<<>>" + name + b">>"), "pdf").codes == []


@pytest.mark.parametrize("text", [b"(/JavaScript /Launch)", b"<</Title(/S /JavaScript)>>"])
def test_a_text_about_scripts_is_not_a_script(parse: Parse, text: bytes):
    assert parse(pdfs.written_by_hand(b"", text), "pdf").codes == []


def test_two_values_for_one_name_do_not_hide_a_script(parse: Parse):
    hidden = b"<</S/JavaScript/S/GoTo/D[3 0 R/Fit]>>"
    assert parse(pdfs.written_by_hand(b"/OpenAction 4 0 R", hidden), "pdf").codes == ["damaged"]


def test_a_repaired_file_is_searched_as_a_whole(parse: Parse):
    good = pdfs.written_by_hand()
    broken = good.replace(b"startxref", b"startxxxx")
    assert parse(broken, "pdf").codes == []
    hidden = broken.replace(b"%%EOF", b"% 9 0 obj <</S/Java#53cript>> endobj\n%%EOF")
    assert parse(hidden, "pdf").codes == ["damaged"]


def test_a_chain_of_actions_in_a_circle_comes_to_an_end(parse: Parse):
    circle = b"<</S/GoTo/D[3 0 R/Fit]/Next 4 0 R>>"
    data = pdfs.written_by_hand(b"/OpenAction 4 0 R", circle)
    assert parse(data, "pdf").codes == ["too_complex"]


def test_the_number_of_objects_has_a_limit(parse: Parse):
    assert parse(pdfs.pdf(pages=30), "pdf", Limits(pdf_objects=20)).codes == ["too_complex"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"junk\n" + pdfs.written_by_hand(), "extra_data"),
        (pdfs.written_by_hand(end=b""), "damaged"),
        (pdfs.written_by_hand() + b"x" * 3000, "damaged"),
        (pdfs.written_by_hand() + b"x" * 1500, "extra_data"),
        (pdfs.written_by_hand() + b"<script>alert(1)</script>", "extra_data"),
        (pdfs.written_by_hand() + b"MZ\x90\x00", "extra_data"),
        (pdfs.written_by_hand().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0"), "damaged"),
    ],
)
def test_the_edges_of_the_file(parse: Parse, data: bytes, code: str):
    assert parse(data, "pdf").codes == [code]


@pytest.mark.parametrize("after", [b"", b"\r\n", b"\0" * 600, b"\nSomeData"])
def test_a_little_after_the_end_mark_is_common(parse: Parse, after: bytes):
    assert parse(pdfs.written_by_hand() + after, "pdf").codes == []


@pytest.mark.parametrize(
    ("encryption", "code"),
    [
        (pikepdf.Encryption(user="u", owner="o"), "encrypted"),
        (pikepdf.Encryption(user="u", owner="o", R=4), "encrypted"),
        (pikepdf.Encryption(user="", owner="o"), "restricted"),
        (pikepdf.Encryption(user="", owner="o", R=4), "restricted"),
        (pikepdf.Encryption(user="", owner=""), "restricted"),
    ],
)
def test_a_password_of_any_kind_is_refused(parse: Parse, encryption, code: str):
    assert parse(pdfs.pdf(encryption=encryption), "pdf").codes == [code]


def test_pages_are_counted(parse: Parse):
    assert parse(pdfs.pdf(pages=7), "pdf").facts == {"pages": 7}
