"""Reading pictures with a program that is not ours, where there is one; shut in all the same."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont
from pytest_django import Settings

from evidence_review.evidence.gate.sandbox import environment
from evidence_review.extraction.actions.ask import ask_for_text
from evidence_review.extraction.actions.take_text import take_text
from evidence_review.extraction.models import ExtractedText
from evidence_review.extraction.ocr import ocr_is_there, read_scan
from evidence_review.extraction.outcomes import Outcome
from tests.evidence_review.extraction.conftest import Kept
from tests.files import pictures, written

SAYS_ITS_ARGUMENTS = "/bin/echo"
"""In place of tesseract: what it "reads" is how it was called."""


@pytest.fixture
def read(kept: Kept, settings: Settings) -> Callable[..., ExtractedText]:
    """Take the text out of a file with a program for pictures."""

    def take(content: bytes, extension: str, program: str) -> ExtractedText:
        settings.OCR_PROGRAM = program
        version = kept(content, extension)
        ask_for_text(version)
        take_text(version.sha256)
        return ExtractedText.objects.get(sha256=version.sha256)

    return take


def test_pictures_and_scanned_pdfs_are_read_page_by_page(
    read: Callable[..., ExtractedText],
) -> None:
    photo = read(pictures.heic(), "heic", SAYS_ITS_ARGUMENTS)
    assert (photo.outcome, photo.ocr, photo.text) == (Outcome.DONE, True, "stdin stdout -l eng\n")
    scan = read(written.pdf_of_pictures(pictures.jpg(), pictures.jpg()), "pdf", SAYS_ITS_ARGUMENTS)
    assert (scan.ocr, scan.pages, scan.text.count("stdin")) == (True, 2, 2)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed here")
def test_tesseract_itself_reads_a_picture_shut_in(read: Callable[..., ExtractedText]) -> None:
    page = Image.new("RGB", (1200, 300), "white")
    words = "Fire drill record for Rowan House"
    ImageDraw.Draw(page).text((60, 100), words, fill="black", font=ImageFont.load_default(48))
    file = BytesIO()
    page.save(file, "PNG")

    found = read(file.getvalue(), "png", "tesseract")

    assert (found.outcome, found.ocr) == (Outcome.DONE, True)
    assert words in found.text


def test_a_pdf_with_text_is_not_read_from_its_pictures(read: Callable[..., ExtractedText]) -> None:
    found = read(written.pdf_of(["Fire drill in May, everybody out"]), "pdf", SAYS_ITS_ARGUMENTS)
    assert not found.ocr


@pytest.mark.parametrize("program", ["", "no-such-program", "/bin/false"])
def test_without_a_program_that_works_a_picture_has_nothing_to_read(
    read: Callable[..., ExtractedText], program: str
) -> None:
    found = read(pictures.png(), "png", program)
    assert (found.outcome, found.ocr) == (Outcome.NOTHING_TO_READ, False)


def test_a_program_that_takes_too_long_is_ended(settings: Settings) -> None:
    settings.OCR_PROGRAM, settings.OCR_PAGE_SECONDS = SAYS_ITS_ARGUMENTS, 0.001
    assert ocr_is_there()
    assert read_scan(b"") == ""


def test_the_program_can_open_its_own_files_and_no_socket() -> None:
    tries = "import socket; print(bool(open(socket.__file__).read(1))); socket.socket()"
    done = subprocess.run(
        [sys.executable, "-m", "evidence_review.extraction.shut_in", sys.executable, "-c", tries],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        timeout=30,
    )
    assert done.stdout == "True\n"
    assert "PermissionError" in done.stderr
