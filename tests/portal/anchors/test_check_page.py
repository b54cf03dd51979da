"""Anybody may ask whether the record still is what they were given; the page tells nothing else."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.anchors.forms import LONGEST
from portal.record.checkpoints import Checkpoint
from portal.record.models import Event
from portal.record.notes import signed
from portal.sealing.actions.keep_seal import keep_problem
from portal.sealing.models import Seal
from portal.sealing.queries import proof_of
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import SigningKey, make_key
from tests.bad_input.strings import MORE
from tests.portal.anchors.conftest import seal_again

pytestmark = pytest.mark.django_db
PAGE = "/record/check/"


def asked(client: Client, text: str, **more: object) -> Any:
    """Paste a text."""
    return client.post(PAGE, {"text": text} | more)


def said(client: Client, text: str, **more: object) -> str:
    """Return the page that answers."""
    answer = asked(client, text, **more)
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


def proof(seq: int) -> str:
    """Return the proof of an event as a file."""
    made = proof_of(Event.objects.get(pk=seq))
    assert made is not None
    return str(made)


def body(seq: int) -> str:
    """Return the text of an event."""
    return bytes(Event.objects.get(pk=seq).body).decode()


def test_before_the_first_seal_the_page_says_so(client: Client, db: None) -> None:
    assert "Nothing is sealed yet" in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}checkpoint.txt").status_code == 404


def test_the_page_shows_the_key_and_the_seal_and_sets_no_cookie(client: Client, seal: Seal) -> None:
    answer = client.get(PAGE)

    page = answer.content.decode()
    assert seal.key.fingerprint[:8] in page
    assert f"Event {seal.size}" in page
    assert "care.example/record" in page
    assert not answer.cookies
    assert not asked(client, seal.note).cookies


def test_the_newest_checkpoint_may_be_fetched_by_anybody(client: Client, seal: Seal) -> None:
    answer = client.get(f"{PAGE}checkpoint.txt")

    assert answer.content.decode() == seal.note
    assert answer["Content-Type"].startswith("text/plain")


MAIL = "Hello Ada,\n\nPlease keep this e-mail.\n\n{}\nThe fingerprint:\n\nab12 cd34\n"
WAYS: list[Callable[[str], str]] = [
    lambda note: note,
    lambda note: note.replace("\n", "\r\n"),
    lambda note: f"\n\n  {note.strip()}  \n",
    MAIL.format,
    lambda note: "".join(f"> {line}\n" for line in MAIL.format(note).split("\n")),
    lambda note: "".join(f"{line}  \n" for line in note.split("\n")),
]


@pytest.mark.parametrize("way", range(len(WAYS)))
def test_a_checkpoint_holds_however_it_was_copied(
    client: Client, sealer: Sealer, seal: Seal, way: int
) -> None:
    seal_again(sealer)

    page = said(client, WAYS[way](seal.note))

    assert "It holds" in page
    assert "The key signed exactly this text" in page
    assert f"first {seal.size} events" in page


def test_a_checkpoint_may_be_handed_in_as_a_file(client: Client, seal: Seal) -> None:
    file = SimpleUploadedFile("checkpoint.txt", seal.note.encode())

    assert "It holds" in said(client, "", file=file)


def test_a_checkpoint_of_another_key_is_told_as_such(
    client: Client, seal: Seal, tmp_path: Path
) -> None:
    stranger = make_key(tmp_path / "stranger", "care.example/record")
    text = seal.note.partition("\n\n")[0] + "\n"

    page = said(client, str(signed(text, [(stranger.name, stranger.private)])))

    assert "It does not hold" in page
    assert "not one of this portal" in page


def test_a_changed_checkpoint_is_told_as_such(client: Client, seal: Seal) -> None:
    page = said(client, seal.note.replace(f"\n{seal.size}\n", f"\n{seal.size + 1}\n"))

    assert "Somebody changed it" in page


def test_a_checkpoint_of_a_record_that_was_rewritten_does_not_hold(
    client: Client, seal: Seal, key: SigningKey
) -> None:
    other = Checkpoint(key.name, seal.size, b"\x07" * 32)

    page = said(client, str(signed(other.text, [(key.name, key.private)])))

    assert "It does not hold" in page
    assert "rewritten" in page


def test_while_the_seal_is_broken_no_checkpoint_holds(client: Client, seal: Seal) -> None:
    keep_problem(3, "event 3 is missing: 4 comes next", now=timezone.now())

    page = said(client, seal.note)

    assert "It does not hold" in page
    assert "event 3" not in page


def test_a_proof_holds_with_its_event_and_without(client: Client, seal: Seal) -> None:
    for page in (said(client, proof(3)), said(client, proof(3), event=f"{body(3)}\r\n")):
        assert "It holds" in page
        assert "Event 3 is in the record" in page


def test_a_proof_of_another_event_does_not_hold(client: Client, seal: Seal) -> None:
    assert "It does not hold" in said(client, proof(3), event=body(4))
    assert "It does not hold" in said(client, proof(3), event="{}")
    assert "It does not hold" in said(client, proof(3).replace("index 2", "index 3"))


def test_half_a_proof_is_told_as_such(client: Client, seal: Seal) -> None:
    assert "This proof is not whole" in said(client, proof(3)[:80])


def test_the_numbers_of_a_sheet_hold_as_they_are_typed(client: Client, seal: Seal) -> None:
    in_fours = " ".join(seal.root[at : at + 4] for at in range(0, 64, 4))

    assert "It holds" in said(client, f"{seal.size}\n{in_fours.upper()}")
    assert "It holds" in said(client, f"{seal.size} events\r\n{seal.root[:32]}\r\n{seal.root[32:]}")
    assert "Compare what you typed" in said(client, f"{seal.size + 1} {seal.root}")


@pytest.mark.parametrize(
    "query", ["events=5", "events=5&root=ab", "events=%00&root=", "events=-5&root=" + "a" * 64]
)
def test_an_address_that_is_not_a_sheets_is_only_the_page(
    client: Client, seal: Seal, query: str
) -> None:
    page = client.get(f"{PAGE}?{query}")

    assert page.status_code == 200
    assert "hold</h2>" not in page.content.decode()


def test_any_text_is_answered_and_never_shown_as_mark_up(client: Client, seal: Seal) -> None:
    hostile = [
        *MORE,
        "<script>alert(1)</script>\n5\n" + "A" * 43 + "=\n\n— a b\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n\n",
        "— " * 2000,
        "\n" * 2000,
        "9" * 16 + " " + "f" * 64,
    ]
    for text in hostile:
        cache.clear()
        answer = asked(client, text, event=text)
        page = answer.content.decode()
        assert answer.status_code in (200, 400), text
        assert "<script>alert" not in page
        assert "It holds" not in page


def test_a_text_that_takes_long_to_read_does_not(client: Client, seal: Seal) -> None:
    lines = ("a\n5\n" + "A" * 43 + "=\n") * 1200
    started = timezone.now()
    for text in (lines, "c2sp.org/tlog-proof@v1\n" * 2700, "1 " + "a " * 30_000, "> " * 30_000):
        asked(client, text)

    assert (timezone.now() - started).total_seconds() < 4


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "plain text"),
        (b"a\0b", "plain text"),
        (b"%PDF-1.7 \xe2\xe3", "plain text"),
        (b"x" * (LONGEST + 1), "longer than 64 KB"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(
    client: Client, seal: Seal, content: bytes, what: str
) -> None:
    answer = asked(client, "", file=SimpleUploadedFile("file", content))

    assert answer.status_code == 400
    assert what in answer.content.decode()


def test_too_long_a_text_is_refused_and_a_huge_request_is_not_read(
    client: Client, seal: Seal
) -> None:
    assert asked(client, "x" * (LONGEST + 1)).status_code == 400
    huge = asked(client, "", file=SimpleUploadedFile("file", b"x" * 6 * LONGEST))
    assert huge.status_code == 413
    assert "longer than 64 KB" in huge.content.decode()


def test_who_asks_too_often_is_asked_to_wait(client: Client, seal: Seal) -> None:
    answers = [asked(client, seal.note).status_code for _ in range(31)]

    assert answers == [200] * 30 + [429]
    assert client.get(PAGE).status_code == 200


def test_an_earlier_key_is_told_from_the_one_in_use(client: Client, seal: Seal) -> None:
    assert "the key in use now" in said(client, seal.note)


def test_bytes_that_only_look_like_a_signature_are_no_trouble(client: Client, seal: Seal) -> None:
    text, _, _ = seal.note.partition("\n\n")
    forged = base64.b64encode(b"\0" * 68).decode()

    assert "It does not hold" in said(client, f"{text}\n\n— care.example/record {forged}\n")
