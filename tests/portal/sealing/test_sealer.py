"""The sealer signs what it may, and refuses what was altered, cut or put back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.record.canonical import canonical_bytes, time_text
from portal.record.checkpoints import read_checkpoint
from portal.record.installation import remove_refusals
from portal.record.merkle import compact_range, leaf_hash
from portal.record.models import Event, EventDetail
from portal.record.notes import read_note
from portal.record.verbs import Verb
from portal.sealing.memory import FILE, MemoryUnusable
from portal.sealing.models import Seal, SealProblem
from portal.sealing.reading import RecordBroken
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import SigningKey
from tests.portal.sealing.conftest import cut, happen, head_follows

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 6, 1, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def sealed(sealer: Sealer) -> Sealer:
    """Return a sealer that signed five events, in a database whose refusals somebody removed."""
    assert sealer.work(timezone.now()) is not None
    remove_refusals()
    return sealer


def forge(seq: int, **changes: object) -> None:
    """Rewrite one event with every hash that can be recomputed, as a careful forger would."""
    event = Event.objects.get(pk=seq)
    body = canonical_bytes({**event.data, **changes})  # type: ignore[dict-item]  # tests pass plain
    Event.objects.filter(pk=seq).update(body=body, leaf_hash=leaf_hash(body))
    head_follows()


def again(sealer: Sealer, folder: Path) -> Sealer:
    """Return the sealer as it is after its process was started again."""
    return Sealer(sealer.key, folder)


def test_a_seal_is_a_checkpoint_that_anybody_can_open_with_the_key(
    sealer: Sealer, key: SigningKey
) -> None:
    seal = sealer.work(timezone.now())

    assert seal is not None
    note = read_note(seal.note)
    assert note.opened_by([key.public]) == [key.public]
    head = read_checkpoint(note.text)
    leaves = Event.objects.order_by("seq").values_list("leaf_hash", flat=True)
    assert (head.origin, head.size) == ("care.example/record", Event.objects.count())
    assert head.root == compact_range(bytes(one) for one in leaves).root()


def test_nothing_new_is_not_sealed_again_before_a_day_is_over(sealer: Sealer) -> None:
    now = timezone.now()
    assert sealer.work(now) is not None

    assert sealer.work(now + timedelta(hours=23)) is None
    assert sealer.work(now + timedelta(hours=24)) is not None


def test_an_approval_is_sealed_at_once(sealer: Sealer) -> None:
    sealer.work(timezone.now())
    happen(Verb.VERSION_APPROVED)

    assert sealer.work(timezone.now()) is not None


def test_anything_else_is_sealed_within_five_minutes(sealer: Sealer) -> None:
    sealer.work(timezone.now())
    happened = happen(Verb.EVIDENCE_CHANGED)

    assert sealer.work(happened.at + timedelta(seconds=10)) is None
    assert sealer.work(happened.at + timedelta(minutes=4, seconds=1)) is not None


def test_looking_without_anything_to_do_asks_the_same_few_questions_however_long_the_record(
    sealer: Sealer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sealer.work(timezone.now())

    with django_assert_num_queries(4):
        assert sealer.work(timezone.now()) is None


@pytest.mark.parametrize("restarted", [False, True])
def test_a_rewritten_event_is_not_signed_even_with_all_its_hashes_recomputed(
    sealed: Sealer, folder: Path, restarted: bool
) -> None:
    forge(3, verb="version.refused")
    happen(Verb.VERSION_APPROVED)
    sealer = again(sealed, folder)

    with pytest.raises(RecordBroken, match="not those that were sealed"):
        sealer.work(timezone.now())

    assert Seal.objects.count() == 1
    problem = SealProblem.objects.get()
    assert (problem.ended_at, problem.last_good) == (None, Seal.objects.get())


def test_a_rewritten_event_is_found_within_the_hour_without_a_restart(
    sealed: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge(3, verb="version.refused")
    monkeypatch.setattr("portal.sealing.sealer.READ_ALL_EVERY_SECONDS", 0.0)

    with pytest.raises(RecordBroken):
        sealed.work(timezone.now())


def test_a_record_cut_short_is_noticed_at_the_next_look(sealed: Sealer) -> None:
    cut(3)

    with pytest.raises(RecordBroken, match="the record ends after 3"):
        sealed.work(timezone.now())


def test_a_backup_put_back_and_worked_on_is_noticed(sealed: Sealer, folder: Path) -> None:
    cut(3)
    for _ in range(4):
        happen(Verb.VERSION_APPROVED)

    with pytest.raises(RecordBroken, match="not those that were sealed"):
        again(sealed, folder).work(timezone.now())


def test_a_newest_seal_that_nobody_signed_is_not_built_upon(sealed: Sealer) -> None:
    Seal.objects.update(note="wellkept\n9\nAAAA\n\n— wellkept AAAAAAAA\n", size=9)

    with pytest.raises(RecordBroken, match="the newest seal, of 9 events, is forged"):
        sealed.work(timezone.now() + timedelta(days=2))
    assert SealProblem.objects.get().kind == SealProblem.Kind.RECORD


def test_a_missing_event_and_one_dated_back_are_not_signed(sealed: Sealer, folder: Path) -> None:
    happen()
    forge(6, t=time_text(NOON - timedelta(days=3650)))
    with pytest.raises(RecordBroken, match="dated before"):
        again(sealed, folder).work(timezone.now() + timedelta(minutes=5))

    EventDetail.objects.filter(event=2).delete()
    Event.objects.filter(pk=2).delete()
    with pytest.raises(RecordBroken, match="event 2 is missing"):
        again(sealed, folder).work(timezone.now())
    assert SealProblem.objects.count() == 2


def test_a_problem_is_kept_once_and_ends_when_the_record_is_whole_again(
    sealed: Sealer, folder: Path
) -> None:
    before = bytes(Event.objects.get(pk=3).body)
    forge(3, verb="version.refused")
    sealer = again(sealed, folder)
    for _ in range(2):
        with pytest.raises(RecordBroken):
            sealer.work(timezone.now())
    assert SealProblem.objects.count() == 1

    Event.objects.filter(pk=3).update(body=before, leaf_hash=leaf_hash(before))
    happen(Verb.VERSION_APPROVED)

    assert sealer.work(timezone.now()) is not None
    assert SealProblem.objects.get().ended_at is not None


def test_a_seal_signed_just_before_the_process_was_killed_is_published_at_the_next_start(
    sealer: Sealer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr("portal.sealing.sealer.keep_seal", killed)
        with pytest.raises(KeyboardInterrupt):
            sealer.work(timezone.now())
    assert not Seal.objects.exists()

    again(sealer, folder)

    assert Seal.objects.get().size == Event.objects.count()


def test_a_memory_that_somebody_wrote_is_not_believed(sealed: Sealer, folder: Path) -> None:
    content = (folder / FILE).read_text(encoding="utf-8")
    (folder / FILE).write_text(content.replace("\n5\n", "\n4\n", 1), encoding="utf-8")

    with pytest.raises(MemoryUnusable, match="not what the sealer wrote"):
        again(sealed, folder)
