"""The jobs that look inside: asked for once, claimed, tried twice at most, and swept up."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from evidence_review.evidence.gate import RoomUnavailable
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.storage import byte_store
from evidence_review.extraction import drawing, reading
from evidence_review.extraction.actions.ask import (
    PICTURES_TASK,
    TEXT_TASK,
    ask_for_pictures,
    ask_for_text,
)
from evidence_review.extraction.actions.claim import claim
from evidence_review.extraction.actions.draw_pages import draw_pages
from evidence_review.extraction.actions.sweep import sweep_looks
from evidence_review.extraction.actions.take_text import take_text
from evidence_review.extraction.actions.tidy import tidy_looks
from evidence_review.extraction.models import ExtractedText, PagePictures
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.queries import text_of
from evidence_review.scanning.actions.check_version import check_version
from tests.evidence_review.extraction.conftest import Kept
from tests.evidence_review.scanning.doubles import CleanScanner
from tests.factories import VerdictFactory
from tests.files import pictures, written
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db

FIRE_DRILL = written.pdf_of(["Fire drill in May, everybody was out in time"])
followed: list[str] = []


def note(sha256: str) -> None:
    """Follow texts; the row is there to be read."""
    found = text_of(sha256)
    followed.append(f"{sha256} {found.outcome if found else 'gone'}")


@pytest.fixture
def follower(settings: Settings) -> list[str]:
    """Follow texts, and return what was told."""
    settings.TEXT_FOLLOWERS = [f"{__name__}.note"]
    followed.clear()
    return followed


def test_text_and_pictures_are_made_once_a_version_turns_clean(
    upload: Callable[..., EvidenceVersion],
    scanner: type[CleanScanner],
    run_jobs: RunJobs,
    follower: list[str],
) -> None:
    version = upload(FIRE_DRILL, extension="pdf", media_type="application/pdf")
    again = upload(FIRE_DRILL, extension="pdf", media_type="application/pdf")
    assert not ExtractedText.objects.exists()
    check_version(version.public_id)
    check_version(again.public_id)
    assert run_jobs() == [TEXT_TASK, PICTURES_TASK]
    assert "everybody was out" in ExtractedText.objects.get().text
    assert PagePictures.objects.get().shown == 1
    assert follower == [f"{version.sha256} done"]


def test_bytes_that_are_not_clean_today_are_never_looked_at(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = kept(FIRE_DRILL)
    ask_for_text(version)
    ask_for_pictures(version)
    VerdictFactory.create(sha256=version.sha256, found_later=True)
    monkeypatch.setattr(reading, "take_out", _never)
    monkeypatch.setattr(drawing, "take_out", _never)
    assert take_text(version.sha256) is None
    assert draw_pages(version.sha256) is None
    assert not ExtractedText.objects.exists()
    assert not PagePictures.objects.exists()


def _never(*_arguments: object, **_more: object) -> None:
    raise AssertionError("looked at")


@pytest.mark.parametrize(
    ("rogue", "outcome"),
    [
        ("crash", Outcome.FAILED),
        ("raise", Outcome.FAILED),
        ("sleep", Outcome.LATE),
        ("spin", Outcome.LATE),
        ("eat_memory", Outcome.FAILED),
        ("huge_fact", Outcome.FAILED),
        ("kill_room", Outcome.NOTHING_TO_READ),
    ],
)
def test_a_file_that_misleads_its_extractor_is_tried_twice_and_left_alone(
    kept: Kept, rogues: Callable[[str], None], run_jobs: RunJobs, rogue: str, outcome: Outcome
) -> None:
    version = kept(f"a file for {rogue}".encode(), "txt")
    ask_for_text(version)
    rogues(rogue)
    ran = run_jobs()
    if outcome != Outcome.NOTHING_TO_READ:
        assert ExtractedText.objects.get().outcome == Outcome.WAITING
        ran += run_jobs(planned_until=timezone.now() + timedelta(minutes=2))
        assert ran == [TEXT_TASK, TEXT_TASK]
    found = ExtractedText.objects.get()
    assert found.outcome == outcome
    assert found.text == ""
    assert sweep_looks().again == sweep_looks().asked == 0
    assert take_text(version.sha256) is None


def test_a_child_that_writes_more_than_is_kept_is_cut_by_the_portal(
    kept: Kept, rogues: Callable[[str], None], run_jobs: RunJobs
) -> None:
    ask_for_text(kept(b"a file for write_much", "txt"))
    rogues("write_much")
    run_jobs()
    found = ExtractedText.objects.get()
    assert (found.outcome, found.characters, found.is_cut) == (Outcome.DONE, 1_000_000, True)


def test_a_file_that_kills_its_workers_is_given_up(kept: Kept, settings: Settings) -> None:
    version = kept(FIRE_DRILL)
    ask_for_text(version)
    for _ in range(2):
        look = claim(ExtractedText, version.sha256)
        assert look is not None
        assert claim(ExtractedText, version.sha256) is None  # somebody works on it
        _let_the_lease_run_out()
    assert sweep_looks().again == 1
    assert take_text(version.sha256) == Outcome.FAILED
    found = ExtractedText.objects.get()
    assert (found.outcome, found.attempts) == (Outcome.FAILED, 3)
    assert found.problem == "every attempt ended without an answer"


def _let_the_lease_run_out() -> None:
    ExtractedText.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))


def test_a_result_that_comes_after_the_lease_is_thrown_away(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, follower: list[str]
) -> None:
    version = kept(FIRE_DRILL)
    ask_for_text(version)
    read = reading.read_text

    def slowly(look: ExtractedText) -> reading.FoundText:
        _let_the_lease_run_out()
        assert claim(ExtractedText, look.sha256) is not None
        return read(look)

    monkeypatch.setattr("evidence_review.extraction.actions.take_text.read_text", slowly)
    assert take_text(version.sha256) is None
    assert ExtractedText.objects.get().outcome == Outcome.WAITING
    assert follower == []


def test_when_no_room_starts_the_file_is_not_to_blame(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = kept(FIRE_DRILL)
    ask_for_text(version)
    ask_for_pictures(version)

    def unavailable(*_arguments: object, **_more: object) -> None:
        raise RoomUnavailable("none")

    monkeypatch.setattr(reading, "take_out", unavailable)
    monkeypatch.setattr(drawing, "take_out", unavailable)
    assert take_text(version.sha256) is None
    assert draw_pages(version.sha256) is None
    for look in (ExtractedText.objects.get(), PagePictures.objects.get()):
        assert (look.outcome, look.attempts, look.claim) == (Outcome.WAITING, 0, "")


def test_bytes_that_are_gone_are_marked_and_no_error(kept: Kept) -> None:
    version = kept(FIRE_DRILL)
    ask_for_text(version)
    byte_store().discard(version.sha256)
    assert take_text(version.sha256) == Outcome.FAILED


def test_the_sweep_asks_for_evidence_that_was_kept_before_there_was_an_extractor(
    kept: Kept, run_jobs: RunJobs
) -> None:
    version = kept(FIRE_DRILL)
    kept(b"waits for its check", "txt", waiting=True)
    kept(b"was found infected", "txt", infected=True)
    kept(b"was recalled", "txt", recalled=True)
    assert sweep_looks().asked == 1
    assert sweep_looks().asked == 0
    run_jobs()
    assert ExtractedText.objects.get().sha256 == version.sha256


def test_a_newer_extractor_reads_everything_again_and_keeps_the_text_until_then(
    kept: Kept, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = kept(FIRE_DRILL)
    ask_for_text(version)
    run_jobs()
    for module in ("actions.ask", "queries"):
        monkeypatch.setattr(f"evidence_review.extraction.{module}.EXTRACTOR_VERSION", "next")
    assert sweep_looks().asked == 1
    found = ExtractedText.objects.get()
    assert (found.outcome, found.made_by, found.attempts) == (Outcome.WAITING, "next", 0)
    assert "Fire drill" in found.text
    assert run_jobs() == [TEXT_TASK]
    assert ExtractedText.objects.get().outcome == Outcome.DONE


def test_the_inside_of_a_recalled_file_is_forgotten(
    kept: Kept, run_jobs: RunJobs, follower: list[str], pictures_dir: Path
) -> None:
    gone, stays = kept(FIRE_DRILL, recalled=True), kept(pictures.png(), "png")
    ExtractedText.objects.create(sha256=gone.sha256, extension="pdf", made_by="1", text="secret")
    ask_for_pictures(stays)
    run_jobs()
    assert tidy_looks() == 1
    assert not ExtractedText.objects.exists()
    assert follower == [f"{gone.sha256} gone"]
    assert PagePictures.objects.get().sha256 == stays.sha256
    assert tidy_looks() == 0


def test_the_cache_of_pictures_stays_within_its_room(
    kept: Kept, run_jobs: RunJobs, settings: Settings, pictures_dir: Path
) -> None:
    old, new = kept(pictures.png(), "png"), kept(pictures.jpg(), "jpg")
    for version in (old, new):
        ask_for_pictures(version)
    run_jobs()
    PagePictures.objects.filter(sha256=old.sha256).update(
        seen_at=timezone.now() - timedelta(days=9)
    )
    assert len([path for path in pictures_dir.rglob("*") if path.is_file()]) == 2
    settings.PAGE_PICTURES_MAX_BYTES = PagePictures.objects.get(sha256=new.sha256).size
    assert tidy_looks() == 1
    assert PagePictures.objects.get().sha256 == new.sha256
    assert [path.name for path in pictures_dir.rglob("*") if path.is_file()] == ["1"]
