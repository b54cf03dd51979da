"""Looking again with new signatures: who is due when, in batches, and what follows."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence_review.evidence.states import READABLE, VersionState
from evidence_review.scanning.actions.rescan import RESCAN_TASK, plan_rescans, rescan_batch
from evidence_review.scanning.models import Verdict
from evidence_review.scanning.queries import due_for_rescan, is_clean
from evidence_review.scanning.scanner import EngineVersion
from portal.record.models import Event
from tests.evidence_review.scanning import doubles
from tests.evidence_review.scanning.reading import verbs_of
from tests.factories import VerdictFactory, VersionFactory

pytestmark = pytest.mark.django_db
NEW = EngineVersion("ClamAV 1.4.6", "27802")
AT_ONCE = {VersionState.IN_REVIEW, VersionState.RETURNED, VersionState.REFUSED}


def due(engine: EngineVersion = NEW, *, days: float = 0) -> set[str]:
    found = due_for_rescan(engine, timezone.now() + timedelta(days=days))
    return {version.state for version in found}


@pytest.fixture
def seen_today(scanner, upload):
    """One version in each state, seen clean today with signatures 27801."""
    scanner.signature_version = "27801"
    made = {}
    for state in VersionState:
        version = upload(state.encode(), **{"waiting": False, str(state): True})
        if state in READABLE:
            VerdictFactory.create(sha256=version.sha256, signature_version="27801")
        made[state] = version
    return made


def test_with_the_same_signatures_nothing_is_due_until_they_change(seen_today) -> None:
    same = EngineVersion("ClamAV 1.4.6", "27801")
    assert due(same, days=100) == set()


def test_what_is_not_approved_yet_is_due_at_once(seen_today) -> None:
    assert due() == AT_ONCE


def test_young_files_are_due_every_day_and_all_others_every_month(seen_today) -> None:
    assert due(days=0.9) == AT_ONCE
    assert due(days=1) == set(READABLE)
    old = VersionFactory.create(approved=True, uploaded_at=timezone.now() - timedelta(days=40))
    VerdictFactory.create(sha256=old.sha256, signature_version="27801")
    found = due_for_rescan(NEW, timezone.now() + timedelta(days=2))
    assert old not in found
    assert old in due_for_rescan(NEW, timezone.now() + timedelta(days=30, minutes=1))


def test_what_only_test_signatures_have_seen_is_due_as_soon_as_there_are_real_ones(upload) -> None:
    version = upload(waiting=False, approved=True)
    VerdictFactory.create(sha256=version.sha256, signature_version="")
    assert list(due_for_rescan(NEW, timezone.now())) == [version]


def test_a_file_whose_scan_failed_is_left_alone_for_a_day(seen_today) -> None:
    version = seen_today[VersionState.IN_REVIEW]
    VerdictFactory.create(sha256=version.sha256, verdict="error")
    assert due() == AT_ONCE - {VersionState.IN_REVIEW}
    assert VersionState.IN_REVIEW in due(days=1.1)


def test_new_signatures_are_noticed_and_everything_due_is_looked_at(
    scanner, seen_today, run_jobs
) -> None:
    assert plan_rescans() is True, "the double is another engine than the one that saw the files"
    assert set(run_jobs()) == {RESCAN_TASK}
    looked_at = Verdict.objects.filter(engine="Double 1.0")
    assert {row.sha256 for row in looked_at} == {seen_today[state].sha256 for state in AT_ONCE}
    version = seen_today[VersionState.IN_REVIEW]
    assert verbs_of(version) == ["version.rescanned"]
    assert Event.objects.filter(verb="version.rescanned").count() == len(AT_ONCE)
    assert plan_rescans() is False


def test_a_version_found_infected_is_recalled_and_its_twin_with_it(
    scanner, upload, run_jobs
) -> None:
    version = upload(b"turns out bad", waiting=False, in_review=True)
    twin = upload(b"turns out bad", waiting=False, approved=True)
    scanner.finds = b"turns out bad"
    plan_rescans()
    run_jobs()
    for one in (version, twin):
        one.refresh_from_db()
        assert one.state == VersionState.RECALLED
        assert verbs_of(one) == ["version.recalled"]
    assert Verdict.objects.filter(verdict="infected").count() == 1
    assert not is_clean(version.sha256)


def test_a_file_that_cannot_be_looked_into_any_more_is_closed_but_not_recalled(
    scanner, upload, run_jobs, settings
) -> None:
    version = upload(waiting=False, in_review=True)
    settings.SCANNER = doubles.UNSCANNABLE
    plan_rescans()
    run_jobs()
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW
    assert not is_clean(version.sha256)
    assert verbs_of(version) == ["version.rescanned"]


def test_a_file_whose_rescan_fails_stays_as_clean_as_it_was(
    scanner, upload, run_jobs, settings
) -> None:
    version = upload(waiting=False, in_review=True)
    settings.SCANNER = doubles.FAILING
    plan_rescans()
    run_jobs()
    assert is_clean(version.sha256)
    assert Verdict.objects.filter(sha256=version.sha256, verdict="error").exists()


def test_files_without_bytes_do_not_stop_the_others(scanner, upload, run_jobs) -> None:
    VersionFactory.create(in_review=True)
    version = upload(waiting=False, in_review=True)
    plan_rescans()
    run_jobs()
    assert verbs_of(version) == ["version.rescanned"]


def test_nothing_is_rescanned_while_the_scanner_is_not_ready(upload, settings, run_jobs) -> None:
    settings.SCANNER = doubles.BROKEN
    upload(waiting=False, in_review=True)
    assert plan_rescans() is False
    assert rescan_batch().files == 0
    assert Event.objects.count() == 0


def test_one_batch_follows_the_other_behind_what_came_meanwhile(
    scanner, upload, run_jobs, settings
) -> None:
    settings.RESCAN_BATCH = 2
    for n in range(5):
        upload(b"%d" % n, waiting=False, in_review=True)
    assert plan_rescans() is True
    assert plan_rescans() is False, "one chain of batches at a time"
    assert run_jobs() == [RESCAN_TASK] * 3
    assert Verdict.objects.filter(cause="rescan").count() == 5


def test_a_batch_delivered_twice_writes_each_verdict_once(scanner, upload) -> None:
    upload(waiting=False, in_review=True)
    assert rescan_batch().files == 1
    assert rescan_batch().files == 0
    assert Verdict.objects.filter(cause="rescan").count() == 1


def test_two_batches_at_the_same_time_write_each_verdict_once(scanner, upload, monkeypatch) -> None:
    upload(waiting=False, in_review=True)
    original = scanner.scan
    running: list[str] = []

    def another_batch_is_faster(self, stream, size):
        if not running:
            running.append("the other batch")
            assert rescan_batch().files == 1
        return original(self, stream, size)

    monkeypatch.setattr(scanner, "scan", another_batch_is_faster)
    rescan_batch()
    assert Verdict.objects.filter(cause="rescan").count() == 1
    assert Event.objects.filter(verb="version.rescanned").count() == 1


def test_the_queries_of_a_batch_do_not_grow_with_its_files(scanner, upload, settings) -> None:
    def queries_for(files: int) -> int:
        cache.clear()
        for n in range(files):
            upload(b"%d of %d" % (n, files), waiting=False, in_review=True)
        with CaptureQueriesContext(connection) as queries:
            assert rescan_batch().files == files
        return len(queries)

    assert queries_for(1) == queries_for(10) <= 12
