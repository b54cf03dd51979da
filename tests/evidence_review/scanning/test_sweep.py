"""Taking up what jobs that died left lying."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signals import post_spawn

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.scanning.actions.claim_check import claim_check
from evidence_review.scanning.actions.recall import recall
from evidence_review.scanning.actions.sweep import Swept, sweep
from evidence_review.scanning.checks import lease_outlasts_jobs
from evidence_review.scanning.models import VersionCheck
from evidence_review.scanning.processes import is_gone, this_process
from portal.people.roles import Role
from tests.evidence_review.scanning import doubles
from tests.factories import PersonFactory, VerdictFactory

pytestmark = pytest.mark.django_db
NOTHING = Swept(checks=0, recalls=0, quarantines=0, notices=0)


def wait_since(version: EvidenceVersion, minutes: int) -> None:
    since = timezone.now() - timedelta(minutes=minutes)
    EvidenceVersion.objects.filter(pk=version.pk).update(state_since=since)


def test_a_version_that_waits_without_a_job_is_given_one(scanner, upload, run_jobs) -> None:
    version = upload()
    assert sweep() == NOTHING, "its job may still be on the way"
    wait_since(version, 6)
    assert sweep().checks == 1
    assert sweep() == NOTHING, "one job is enough"
    run_jobs()
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW


def test_a_version_under_a_live_claim_is_left_alone(scanner, upload) -> None:
    version = upload()
    wait_since(version, 60)
    claim_check(version.public_id)
    assert sweep() == NOTHING


def test_a_claim_of_a_dead_process_is_taken_up_at_once(scanner, upload, run_jobs) -> None:
    version = upload()
    claim_check(version.public_id)
    VersionCheck.objects.update(holder=this_process().rpartition(" ")[0] + " 1")
    assert sweep().checks == 1
    run_jobs()
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW


def test_a_claim_that_ran_out_is_taken_up(scanner, upload) -> None:
    version = upload()
    claim_check(version.public_id)
    past = timezone.now() - timedelta(seconds=1)
    VersionCheck.objects.update(holder="elsewhere 1 1", claimed_until=past)
    assert sweep().checks == 1


def test_a_check_between_two_attempts_is_left_until_its_time(upload, settings) -> None:
    settings.SCANNER = doubles.FAILING
    version = upload()
    VersionCheck.objects.create(
        version=version, attempts=1, next_attempt_at=timezone.now() + timedelta(minutes=2)
    )
    wait_since(version, 60)
    assert sweep() == NOTHING
    VersionCheck.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=6))
    assert sweep().checks == 1


def test_lost_recalls_quarantines_and_notices_are_taken_up(
    scanner, upload, run_jobs, bytes_dir
) -> None:
    lead = PersonFactory.create(role=Role.IG_LEAD)
    by_hand = upload(b"by hand", waiting=False, approved=True)
    found = upload(b"found", waiting=False, approved=True)
    recall(by_hand.public_id, actor=lead, reason="Wrong file")
    VerdictFactory.create(sha256=found.sha256, found_later=True)
    OrmQ.objects.all().delete()
    assert sweep() == Swept(checks=0, recalls=1, quarantines=1, notices=1)
    run_jobs()
    found.refresh_from_db()
    assert found.state == VersionState.RECALLED
    kept = [path.name for path in bytes_dir.rglob("*") if path.is_file()]
    assert not {by_hand.sha256, found.sha256} & set(kept)
    assert mail.outbox
    assert sweep() == NOTHING


def test_a_worker_takes_up_what_was_left_when_it_starts(scanner, upload, run_jobs) -> None:
    version = upload()
    wait_since(version, 6)
    post_spawn.send(sender="django_q", proc_name="a test")
    assert scanner.asked == ["ready"]
    run_jobs()
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW


def test_a_worker_starts_without_a_scanner_and_says_so(settings, caplog) -> None:
    settings.SCANNER = doubles.BROKEN
    post_spawn.send(sender="django_q", proc_name="a test")
    assert "not ready" in caplog.text


def test_this_process_is_not_gone_and_one_that_never_was_is() -> None:
    here = this_process()
    assert not is_gone(here)
    host, pid, started = here.split()
    assert is_gone(f"{host} {pid} {int(started) - 1}"), "the number was given to another process"
    assert is_gone(f"{host} 4194304 {started}")
    assert not is_gone(f"elsewhere {pid} 1"), "of another machine nothing is known"
    assert not is_gone("")


def test_a_lease_shorter_than_a_job_may_take_is_pointed_out(settings) -> None:
    assert lease_outlasts_jobs() == []
    settings.CHECK_LEASE_SECONDS = 100
    assert [problem.id for problem in lease_outlasts_jobs()] == ["scanning.E001"]
