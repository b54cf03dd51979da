"""Files that other programs made: none of them brings down the child, and known words are found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_review.evidence.gate import extension_of
from evidence_review.extraction.drawing import DRAWABLE, draw
from evidence_review.extraction.models import ExtractedText, PagePictures
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.reading import read_text
from tests.factories import keep

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
WORDS = {
    "testEXCEL.xlsx": "Numbers and their Squares",
    "testWORD.docx": "Sample Word Document",
}


def _samples() -> Iterator[Path]:
    return (path for path in sorted(SAMPLES.glob("*/*.*")) if path.suffix != ".md")


@pytest.mark.parametrize("path", list(_samples()), ids=lambda path: path.name)
def test_a_file_of_another_program_is_read_or_said_to_be_unreadable(path: Path) -> None:
    extension = extension_of(path.name)
    sha256 = keep(path.read_bytes())
    found = read_text(ExtractedText(sha256=sha256, extension=extension, made_by="1"))
    assert not found.again, found.problem
    assert WORDS.get(path.name, "") in found.text
    if extension in DRAWABLE:
        drawn = draw(PagePictures(sha256=sha256, extension=extension, made_by="1"))
        assert drawn.outcome == Outcome.DONE or not drawn.again
