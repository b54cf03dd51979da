"""What was kept outside is compared with the seals here, and the answer is a plain sentence."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.record.installation import remove_refusals
from portal.record.models import Event
from portal.record.verbs import Verb
from portal.sealing.actions.keep_seal import keep_problem
from portal.sealing.checking import (
    LONGEST_TEXT,
    check_checkpoint,
    check_proof,
    recompute_checkpoint,
)
from portal.sealing.models import Seal, SealKey
from portal.sealing.queries import proof_of
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import make_key
from tests.portal.sealing.conftest import cut, happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(sealer: Sealer) -> str:
    """Return the checkpoint of five events that somebody keeps, in a record that went on."""
    seal = sealer.work(timezone.now())
    assert seal is not None
    happen(Verb.VERSION_APPROVED)
    assert sealer.work(timezone.now()) is not None
    remove_refusals()
    return seal.note


@pytest.fixture
def proof(kept: str) -> str:
    """Return the proof of the third event."""
    return str(proof_of(Event.objects.get(pk=3)))


def test_a_checkpoint_of_this_record_holds(kept: str) -> None:
    checked = check_checkpoint(kept)

    assert (checked.holds, checked.size) == (True, 5)
    assert "keeps the same seal of its first 5 events" in checked.sentence
    assert recompute_checkpoint(kept).holds


def test_a_checkpoint_from_a_mail_is_read_all_the_same(kept: str) -> None:
    assert check_checkpoint("\ufeff\r\n" + kept.replace("\n", "  \r\n") + "\r\n\r\n").holds


@pytest.mark.parametrize(
    "text", ["", "hello", "\n\n\n", "— a b\n", "x" * (LONGEST_TEXT + 1), "a\x00b\n\n— n AAAA\n"]
)
def test_what_is_no_checkpoint_is_said_to_be_none(text: str) -> None:
    for check in (check_checkpoint, check_proof, recompute_checkpoint):
        checked = check(text)
        assert (checked.holds, checked.size) == (False, None)
        assert "Paste the whole" in checked.sentence


def test_a_changed_checkpoint_and_one_of_another_portal_are_not_ours(
    kept: str, tmp_path: Path
) -> None:
    other = make_key(tmp_path / "other", "elsewhere.example/record")

    assert "No key of this portal" in check_checkpoint(kept.replace("\n5\n", "\n4\n", 1)).sentence
    SealKey.objects.update(public=str(other.public))
    assert "No key of this portal" in check_checkpoint(kept).sentence


def test_a_record_that_was_cut_keeps_no_such_seal(kept: str) -> None:
    cut(3)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sealing_seal WHERE size > 3")

    checked = check_checkpoint(kept)

    assert (checked.holds, checked.size) == (False, 5)
    assert "keeps no seal of 5 events" in checked.sentence
    assert "ends after 3" in recompute_checkpoint(kept).sentence


def test_a_record_that_was_rewritten_shows_another_seal(kept: str) -> None:
    Seal.objects.filter(size=5).update(root="0" * 64)

    assert "shows another record of 5 events" in check_checkpoint(kept).sentence


def test_a_rewritten_event_is_found_by_recomputing(kept: str) -> None:
    body = bytes(Event.objects.get(pk=2).body)
    Event.objects.filter(pk=2).update(body=body.replace(b"evidence.created", b"evidence.changed"))

    assert check_checkpoint(kept).holds
    assert "not those that were sealed" in recompute_checkpoint(kept).sentence


def test_nothing_holds_while_the_seal_is_broken(kept: str, proof: str) -> None:
    keep_problem(3, "the bytes of event 3 are no event", now=timezone.now())

    for checked in (check_checkpoint(kept), check_proof(proof)):
        assert not checked.holds
        assert "something is wrong with its record" in checked.sentence


def test_a_proof_holds_with_the_event_that_was_kept_and_with_the_one_here(proof: str) -> None:
    body = bytes(Event.objects.get(pk=3).body)

    assert check_proof(proof).holds
    assert check_proof(proof, body + b"\n").sentence.startswith("Event 3 is in the record.")


def test_another_event_than_was_sealed_is_named(proof: str) -> None:
    body = bytes(Event.objects.get(pk=3).body)

    assert "event that was given is not" in check_proof(proof, body + b" ").sentence
    Event.objects.filter(pk=3).update(body=b"{}")
    assert "Event 3 as it is now is not" in check_proof(proof).sentence
    assert "shows something else now" in check_proof(proof, body).sentence


def test_an_answer_costs_the_same_few_questions_however_long_the_record(
    kept: str, proof: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        check_checkpoint(kept)
    with django_assert_num_queries(7):
        check_proof(proof)
