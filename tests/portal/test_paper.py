"""Tagged PDFs."""

from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2

from portal.paper import pdf, printable

AT = datetime(2026, 3, 31, 17, 0, tzinfo=UTC)
TEMPLATE = """
#let d = json(bytes(sys.inputs.at("data")))
#set document(title: d.title)
#set text(lang: "en", region: "gb")
= #d.title
"""


def test_a_sign_without_a_shape_is_shown_as_a_box() -> None:
    assert printable({"a": ["Rota 中\x00x", 3], "b": ("é\t",)}) == {
        "a": ["Rota □□x", 3],
        "b": ["é "],
    }


def test_facts_are_set_as_words_and_never_read_as_the_language_of_the_template(
    tmp_path: Path,
) -> None:
    template = tmp_path / "one.typ"
    template.write_text(TEMPLATE)
    made = pdf(template, {"title": "#panic() *Rota* 中"}, at=AT)
    kept = tmp_path / "one.pdf"
    kept.write_bytes(made)
    with pypdfium2.PdfDocument(kept) as document:
        assert "#panic() *Rota* □" in document[0].get_textpage().get_text_bounded()
    with pikepdf.open(kept) as tagged:
        assert bool(tagged.Root.MarkInfo.Marked)
    assert pdf(template, {"title": "#panic() *Rota* 中"}, at=AT) == made
