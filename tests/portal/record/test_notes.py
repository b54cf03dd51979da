"""Signed notes: ours, and those that others made."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.record.notes import NotANote, NoteKey, NotSigned, public_key, read_note, signed

GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
    "Zb6KE6RyyBwJnAM=\n"
)
"""The example in the documentation of Go's own package for signed notes."""

NAME = "wellkept.example/record"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = public_key(NAME, PRIVATE)
TEXT = "wellkept.example/record\n3\nAAAA\n"


def test_a_note_that_another_program_signed_opens_with_its_key() -> None:
    key = NoteKey.from_text(GO_KEY)

    assert read_note(GO_NOTE).opened_by([key]) == [key]


def test_a_key_is_written_as_other_programs_write_it() -> None:
    assert str(NoteKey.from_text(GO_KEY)) == GO_KEY


def test_what_we_sign_reads_back_and_opens() -> None:
    note = signed(TEXT, [(NAME, PRIVATE)])

    again = read_note(str(note))

    assert again == note
    assert again.opened_by([KEY]) == [KEY]


def test_two_keys_may_sign_one_note_as_when_a_key_is_replaced() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    note = read_note(str(signed(TEXT, [(NAME, PRIVATE), (NAME, other)])))

    assert note.opened_by([KEY]) == [KEY]
    assert len(note.opened_by([KEY, public_key(NAME, other)])) == 2


def test_a_note_signed_by_nobody_trusted_is_refused() -> None:
    stranger = public_key(NAME, Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34))))

    with pytest.raises(NotSigned, match="no key you trust"):
        signed(TEXT, [(NAME, PRIVATE)]).opened_by([stranger])


@given(place=st.integers(0, len(TEXT) - 2), letter=st.characters(codec="ascii"))
@settings(max_examples=30)
def test_a_text_with_one_other_letter_is_refused(place: int, letter: str) -> None:
    changed = TEXT[:place] + letter + TEXT[place + 1 :]
    content = str(signed(TEXT, [(NAME, PRIVATE)])).replace(TEXT, changed, 1)
    if changed == TEXT:
        return

    with pytest.raises((NotSigned, NotANote)):
        read_note(content).opened_by([KEY])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n- name AAAAAAAA\n",
        "text\n\n— na+me AAAAAAAA\n",
        "text\n\n— name AAAA=\n",
        "text\n\n— name AAAA\n",
        "te\x07xt\n\n— name AAAAAAAA\n",
        "text\r\n\n— name AAAAAAAA\n",
        "text\n\n— name AAAAAAAA",
        "\n\n— name AAAAAAAA\n",
        "text\n\n" + "— name AAAAAAAA\n" * 17,
    ],
)
def test_what_is_no_note_is_refused(content: str) -> None:
    with pytest.raises(NotANote):
        read_note(content)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+",
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("+AR", "+BR"),
        "na me+c74f20a3+" + base64.b64encode(b"\x01" + bytes(32)).decode(),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"key|name"):
        NoteKey.from_text(text)
