"""Every class of the upload policy, through the whole gate."""

from pathlib import Path

import pytest

from evidence_review.evidence.gate import Limits, inspect
from evidence_review.evidence.gate.room import Room
from tests.evidence_review.evidence.gate.conftest import Judge
from tests.files import pdfs, pictures
from tests.files.catalogue import ACCEPTED, REFUSED, Refused


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_good_file_is_accepted(name: str, judge: Judge):
    result = judge(name, ACCEPTED[name]())
    assert (result.outcome, result.reasons) == ("accepted", [])
    assert result.accepted


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: file.name[:40])
def test_a_file_against_the_policy_is_refused_with_its_reason(file: Refused, judge: Judge):
    result = judge(file.name, file.make())
    assert result.outcome == "refused"
    assert result.reasons[0].code == file.code
    assert not result.accepted


def test_the_facts_say_what_a_reviewer_wants_to_know(judge: Judge):
    assert judge("a.pdf", pdfs.pdf(pages=3)).facts == {"pages": 3}
    assert judge("a.jpg", pictures.jpg()).facts == {"width": 64, "height": 48}
    assert judge("a.txt", b"one\ntwo").facts == {"lines": 2, "encoding": "utf-8-sig"}


def test_a_file_that_does_not_have_the_type_it_would_be_served_with_is_refused(tmp_path: Path):
    path = tmp_path / "a"
    path.write_bytes(pdfs.pdf())
    result = inspect(path, name="a.pdf", media_type="text/html")
    assert [found.code for found in result.reasons] == ["wrong_content"]
    assert result.reasons[0].sentence == (
        "The selected file is not a PDF, although its name ends in .pdf"
    )


def test_the_type_is_told_in_words(judge: Judge):
    result = judge("a.pptx", b"%PDF-1.7 not a presentation")
    assert result.reasons[0].advice == (
        "Open it in the program that made it, save it as a PowerPoint presentation and upload the "
        "new copy"
    )


def test_a_small_bomb_is_never_accepted_and_ends_soon(judge: Judge):
    bomb = pdfs.bomb()
    assert len(bomb) < 4096
    result = judge("bomb.pdf", bomb, Limits(seconds=10))
    assert not result.accepted


def test_a_parser_that_takes_too_long_makes_a_file_unscannable(judge: Judge):
    result = judge("a.pdf", pdfs.pdf(), Limits(seconds=0))
    assert result.outcome == "unscannable"
    assert [found.code for found in result.reasons] == ["could_not_check"]
    assert result.facts == {"problem": "took too long"}


def test_a_file_that_needs_too_much_memory_is_never_accepted(judge: Judge):
    result = judge("a.jpg", pictures.jpg(), Limits(memory_bytes=16 * 1024 * 1024))
    assert not result.accepted


def test_a_missing_file_is_an_error_and_no_verdict(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "gone", name="a.pdf", media_type="application/pdf")


def test_a_parser_that_fails_makes_a_file_unscannable(rogue_room: Room, tmp_path: Path):
    path = tmp_path / "a"
    path.write_bytes(b"text")
    result = inspect(path, name="a.txt", media_type="text/plain", room=rogue_room)
    assert result.outcome == "unscannable"
    assert result.facts == {"problem": "KeyError"}
