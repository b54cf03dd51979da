"""The checks that answer within the request."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from evidence_review.evidence.gate import FIRST_BYTES, Limits, check_upload, media_type_for, sniff
from tests.files import compound, office, packages, pdfs, pictures
from tests.files.catalogue import ACCEPTED, REFUSED, Refused

AT_ONCE = [file for file in REFUSED if file.at_once]
LATER = [file for file in REFUSED if not file.at_once]


def codes(name: str, data: bytes, limits: Limits | None = None) -> list[str]:
    return [found.code for found in check_upload(name, len(data), data[:FIRST_BYTES], limits)]


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_good_file_passes_the_request(name: str):
    assert codes(name, ACCEPTED[name]()) == []


@pytest.mark.parametrize("file", AT_ONCE, ids=lambda file: file.name[:40])
def test_a_file_that_can_be_refused_at_once_is(file: Refused):
    assert codes(file.name, file.make())[0] == file.code


@pytest.mark.parametrize("file", LATER, ids=lambda file: file.name)
def test_what_only_a_parser_can_tell_is_left_to_the_parser(file: Refused):
    assert codes(file.name, file.make()) == []


def test_an_empty_file_is_only_said_to_be_empty():
    assert codes("policy.exe", b"") == ["empty"]


def test_a_file_over_the_limit_is_told_the_limit():
    limits = Limits(max_bytes=5 * 1024 * 1024)
    (found,) = check_upload("a.txt", limits.max_bytes + 1, b"text", limits)
    assert found.sentence == "The selected file must be smaller than 5 MB"


def test_a_file_at_the_limit_is_accepted():
    assert check_upload("a.txt", 100 * 1024 * 1024, b"text") == []


def test_every_problem_is_told_together():
    assert codes("pol\x07icy.exe.", b"MZ") == ["name_control", "name_ending", "type_not_allowed"]


def test_a_word_file_that_libmagic_only_knows_as_a_zip_is_let_through():
    data = packages.pack({"_rels/": b"", "word/": b"", **office.word_parts()})
    assert sniff(data) == "application/zip"
    assert codes("letter.docx", data) == []


def test_a_workbook_named_as_a_document_is_refused():
    assert codes("letter.docx", office.xlsx()) == ["wrong_content"]


def test_a_short_file_with_a_password_is_recognised_within_the_request():
    assert codes("a.pptx", compound.office_with_password()) == ["encrypted"]


def test_text_may_be_cut_in_the_middle_of_a_character():
    data = ("x" * (FIRST_BYTES - 1) + "\u00e9").encode()
    assert codes("notes.txt", data) == []


def test_a_note_that_starts_like_a_message_is_a_note():
    assert codes("notes.txt", b"From: Priya\nSubject: fire drill\n\nAll went well\n") == []


def test_a_stored_message_is_not_a_note():
    mail = b"From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n\nHello\n"
    assert codes("notes.txt", mail) == ["wrong_content"]


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"{\\rtf1 hello}", b"<?xml version='1.0'?><a/>"])
def test_a_document_is_not_a_note(start: bytes):
    assert codes("notes.txt", start) == ["wrong_content"]


@pytest.mark.parametrize(
    "text", [b"MZ is a code\n", b"P1 is the first\n", b"#!/bin/sh\necho\n", b"-"]
)
def test_a_note_may_begin_with_anything_that_is_text(text: bytes):
    assert codes("notes.txt", text) == []


def test_bare_utf16_is_not_taken_for_text():
    assert codes("notes.txt", "hello".encode("utf-16-le")) == ["not_text"]


def test_an_avif_picture_is_not_a_heic():
    assert codes("photo.heic", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1") == ["wrong_content"]


def test_media_types_follow_from_the_extension():
    assert media_type_for("DOCX", "application/zip").endswith("wordprocessingml.document")
    assert media_type_for("csv", "text/plain") == "text/csv"
    assert media_type_for("exe", "application/x-dosexec") == "application/x-dosexec"
    assert media_type_for("exe", "") == "application/octet-stream"


def test_sniffing_from_many_threads_gives_each_its_own_answer():
    files = [pdfs.pdf(), pictures.png(), pictures.jpg(), b"plain\n"]
    expected = [sniff(data) for data in files]
    start = threading.Barrier(8)

    def look(number: int) -> list[str]:
        start.wait()
        return [sniff(files[(number + turn) % 4]) for turn in range(50)]

    with ThreadPoolExecutor(8) as pool:
        for number, seen in enumerate(pool.map(look, range(8))):
            assert seen == [expected[(number + turn) % 4] for turn in range(50)]
