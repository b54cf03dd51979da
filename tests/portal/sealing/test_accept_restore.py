"""After a restore the record goes on, and says what was lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from portal.record.actors import SETUP
from portal.record.installation import remove_refusals
from portal.record.models import Event, EventDetail
from portal.record.verbs import Verb
from portal.sealing.actions.accept_restore import RestoreRefused, accept_restore
from portal.sealing.invariants import seals_agree
from portal.sealing.models import SealProblem
from portal.sealing.reading import RecordBroken
from portal.sealing.sealer import Sealer
from tests.portal.sealing.conftest import cut, happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def put_back(sealer: Sealer) -> Callable[[int], None]:
    """Return a way to make the record what an older backup held."""
    sealer.work(timezone.now())
    remove_refusals()

    return cut


def test_a_restore_is_written_into_the_record_and_sealed(
    sealer: Sealer, folder: Path, put_back: Callable[[int], None]
) -> None:
    put_back(3)
    with pytest.raises(RecordBroken):
        sealer.work(timezone.now())

    seal = accept_restore(sealer.key, sealer.memory, actor=SETUP, reason="The disk failed.")

    event = Event.objects.get(seq=4)
    assert (event.verb, event.facts["lost_size"]) == (Verb.RECORD_RESTORED, 5)
    assert seal.size == 4
    assert SealProblem.objects.get().ended_at is not None
    happen(Verb.VERSION_APPROVED)
    assert Sealer(sealer.key, folder).work(timezone.now()) is not None


def test_seals_after_a_restore_count_though_lost_ones_had_their_sizes(
    sealer: Sealer, put_back: Callable[[int], None]
) -> None:
    put_back(3)
    accept_restore(sealer.key, sealer.memory, actor=SETUP, reason="The disk failed.")
    happen(Verb.VERSION_APPROVED)
    assert sealer.work(timezone.now()) is not None
    assert list(seals_agree()) == []

    Event.objects.filter(seq=5).update(body=bytes(Event.objects.get(seq=5).body) + b" ")

    assert list(seals_agree()) == [
        "the events up to 5 are not those that were sealed when there were 5"
    ]


def test_a_record_that_lost_nothing_is_not_taken_for_restored(
    sealer: Sealer, put_back: Callable[[int], None]
) -> None:
    happen()

    with pytest.raises(RestoreRefused, match="nothing to accept"):
        accept_restore(sealer.key, sealer.memory, actor=SETUP, reason="No reason.")


def test_a_restore_without_a_reason_is_not_accepted(
    sealer: Sealer, put_back: Callable[[int], None]
) -> None:
    put_back(3)

    with pytest.raises(RestoreRefused, match="Say why"):
        accept_restore(sealer.key, sealer.memory, actor=SETUP, reason=" ")
    assert Event.objects.count() == 3


def test_a_record_with_a_gap_is_no_backup(sealer: Sealer, put_back: Callable[[int], None]) -> None:
    EventDetail.objects.filter(event=2).delete()
    Event.objects.filter(seq=2).delete()

    with pytest.raises(RestoreRefused, match="event 2 is missing"):
        accept_restore(sealer.key, sealer.memory, actor=SETUP, reason="The disk failed.")
    assert not Event.objects.filter(verb=Verb.RECORD_RESTORED).exists()
