"""A waiting version, from the job to the state that follows from gate and scanner."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from clamd import EICAR
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence_review.evidence.models import GateReport
from evidence_review.evidence.states import VersionState
from evidence_review.scanning.actions.check_version import CHECK_TASK, check_version
from evidence_review.scanning.actions.claim_check import claim_check
from evidence_review.scanning.models import Notice, Verdict, VersionCheck
from evidence_review.scanning.queries import is_clean, latest_verdict
from portal.record.models import Event
from tests.evidence_review.scanning import doubles
from tests.evidence_review.scanning.packages import WORD, word_file
from tests.evidence_review.scanning.reading import verbs_of
from tests.factories import EvidenceFactory, PersonFactory

pytestmark = pytest.mark.django_db


def verdicts(version) -> list[str]:
    rows = Verdict.objects.filter(sha256=version.sha256).order_by("pk")
    return list(rows.values_list("verdict", flat=True))


def test_a_clean_file_goes_to_review_with_report_verdict_and_one_event(clamd, upload) -> None:
    version = upload()
    assert check_version(version.public_id) is VersionState.IN_REVIEW
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW
    report = GateReport.objects.get(version=version)
    assert report.outcome == GateReport.Outcome.ACCEPTED
    verdict = Verdict.objects.get(sha256=version.sha256)
    assert (verdict.verdict, verdict.cause) == ("clean", "first")
    assert verdict.engine.startswith("ClamAV 1")
    assert verdict.gate_version == report.gate_version
    assert is_clean(version.sha256)
    assert verbs_of(version) == ["version.submitted"]
    event = Event.objects.get(object_ref=version.evidence.public_id)
    assert (event.before, event.after) == ("waiting", "in_review")
    assert event.actor_ref == "system:scanner"
    assert event.facts["verdict"] == "clean"
    assert event.sha256 == version.sha256


def test_an_infected_file_is_stopped_quarantined_and_told_of(
    clamd, upload, run_jobs, bytes_dir, settings
) -> None:
    version = upload(EICAR, uploaded_by=PersonFactory.create(email="carer@demo.example"))
    assert check_version(version.public_id) is VersionState.INFECTED
    verdict = latest_verdict(version.sha256)
    assert verdict is not None
    assert verdict.signature_name == "Wellkept.Test.EICAR.UNOFFICIAL"
    assert verbs_of(version) == ["version.infected"]
    run_jobs()
    assert (Path(settings.QUARANTINE_DIR) / version.sha256).read_bytes() == EICAR
    assert not [path for path in bytes_dir.rglob(version.sha256) if path.is_file()]
    told = [address for message in mail.outbox for address in message.to]
    assert "carer@demo.example" in told
    assert "Wellkept.Test.EICAR" in mail.outbox[0].body


def test_a_file_the_gate_refuses_is_not_shown_to_the_scanner(scanner, upload) -> None:
    version = upload(b"%PDF-1.7 not really", extension="pdf", media_type="application/pdf")
    assert check_version(version.public_id) is VersionState.REFUSED_BY_GATE
    assert verbs_of(version) == ["version.gate_refused"]
    report = GateReport.objects.get(version=version)
    assert report.outcome == "refused"
    assert report.reasons[0]["sentence"]
    assert verdicts(version) == []
    assert scanner.scanned == []


def test_what_the_scanner_cannot_look_into_is_stopped(scanner, upload, settings) -> None:
    settings.SCANNER = doubles.UNSCANNABLE
    version = upload()
    assert check_version(version.public_id) is VersionState.UNSCANNABLE
    assert verbs_of(version) == ["version.unscannable"]
    assert not is_clean(version.sha256)


def test_each_part_that_is_a_file_itself_is_scanned_by_itself(scanner, upload) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + os.urandom(64)
    version = upload(
        word_file({"word/media/image1.png": picture}), extension="docx", media_type=WORD
    )
    assert check_version(version.public_id) is VersionState.IN_REVIEW
    assert scanner.scanned[1:] == [picture], "the XML parts are not scanned again"


def test_an_infected_part_makes_the_file_infected_and_is_named(scanner, upload) -> None:
    scanner.finds = picture = b"\x89PNG\r\n\x1a\n" + b"evil" * 20
    version = upload(
        word_file({"word/media/image1.png": picture}), extension="docx", media_type=WORD
    )
    assert check_version(version.public_id) is VersionState.INFECTED
    verdict = latest_verdict(version.sha256)
    assert verdict is not None
    assert "word/media/image1.png" in verdict.detail


def test_a_second_delivery_of_the_job_has_no_effect(scanner, upload) -> None:
    version = upload()
    check_version(version.public_id)
    events = Event.objects.count()
    assert check_version(version.public_id) is None
    assert (Event.objects.count(), verdicts(version)) == (events, ["clean"])
    assert len(scanner.scanned) == 1


def test_a_job_leaves_a_version_alone_that_another_one_has_claimed(scanner, upload) -> None:
    version = upload()
    assert claim_check(version.public_id) is not None
    assert check_version(version.public_id) is None
    assert scanner.scanned == []


def test_the_result_of_a_job_that_lost_its_claim_is_thrown_away(
    scanner, upload, monkeypatch
) -> None:
    version = upload()

    def loses_it(stream, size):
        VersionCheck.objects.update(claim="another")
        return doubles.CleanScanner.result

    monkeypatch.setattr(scanner, "scan", lambda self, stream, size: loses_it(stream, size))
    assert check_version(version.public_id) is None
    version.refresh_from_db()
    assert version.state == VersionState.WAITING
    assert verdicts(version) == []
    assert Event.objects.count() == 0


def test_a_claim_whose_process_is_gone_is_taken_over_at_once(scanner, upload) -> None:
    version = upload()
    claim_check(version.public_id)
    gone = VersionCheck.objects.get()
    VersionCheck.objects.update(holder=gone.holder.rpartition(" ")[0] + " 1")
    assert check_version(version.public_id) is VersionState.IN_REVIEW


def test_a_claim_of_another_machine_is_taken_over_when_its_lease_is_over(scanner, upload) -> None:
    version = upload()
    claim_check(version.public_id)
    VersionCheck.objects.update(holder="elsewhere 1 1")
    assert check_version(version.public_id) is None
    VersionCheck.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert check_version(version.public_id) is VersionState.IN_REVIEW


def test_a_failed_scan_is_tried_again_five_times_and_then_given_up(
    scanner, upload, settings, run_jobs
) -> None:
    settings.SCANNER = doubles.FAILING
    version = upload()
    assert check_version(version.public_id) is VersionState.WAITING
    assert VersionCheck.objects.get().last_problem == "the double fails"
    assert check_version(version.public_id) is None, "not before its time"
    for attempt in range(2, 7):
        VersionCheck.objects.update(next_attempt_at=timezone.now())
        expected = VersionState.CHECK_FAILED if attempt == 6 else VersionState.WAITING
        assert check_version(version.public_id) is expected
    assert verdicts(version) == ["error"] * 6
    assert verbs_of(version) == ["version.check_failed"]
    assert not is_clean(version.sha256)
    assert GateReport.objects.count() == 1, "what passed the gate need not pass it again"


def test_the_next_try_is_planned_for_its_time(scanner, upload, settings, run_jobs) -> None:
    settings.SCANNER = doubles.FAILING
    settings.CHECK_RETRY_SECONDS = [60]
    version = upload()
    check_version(version.public_id)
    assert run_jobs() == []
    settings.SCANNER = doubles.CLEAN
    VersionCheck.objects.update(next_attempt_at=timezone.now())
    assert run_jobs(planned_until=timezone.now() + timedelta(seconds=61)) == [CHECK_TASK]
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW
    assert verdicts(version) == ["error", "clean"]
    assert is_clean(version.sha256)
    newest = latest_verdict(version.sha256)
    assert newest is not None
    assert newest.cause == Verdict.Cause.RETRY


def test_a_scanner_that_is_not_ready_is_an_error_and_never_a_pass(upload, settings) -> None:
    settings.SCANNER = doubles.BROKEN
    version = upload()
    assert check_version(version.public_id) is VersionState.WAITING
    assert verdicts(version) == ["error"]


def test_a_file_that_kills_every_job_is_given_up_without_being_touched(scanner, upload) -> None:
    version = upload()
    claim_check(version.public_id)
    VersionCheck.objects.update(attempts=6, claim="", claimed_until=None)
    assert check_version(version.public_id) is VersionState.CHECK_FAILED
    assert scanner.scanned == []


def test_missing_bytes_are_an_error(scanner, upload, bytes_dir) -> None:
    version = upload()
    next(path for path in bytes_dir.rglob(version.sha256) if path.is_file()).unlink()
    assert check_version(version.public_id) is VersionState.WAITING
    assert "not in the store" in VersionCheck.objects.get().last_problem


def test_bytes_that_changed_on_disk_are_an_error(scanner, upload, bytes_dir) -> None:
    version = upload(b"as uploaded")
    path = next(path for path in bytes_dir.rglob(version.sha256) if path.is_file())
    path.chmod(0o600)
    path.write_bytes(b"was swapped")
    assert check_version(version.public_id) is VersionState.WAITING
    assert "not the bytes" in VersionCheck.objects.get().last_problem


def test_the_older_version_in_review_gives_way_with_its_own_event(scanner, upload) -> None:
    evidence = EvidenceFactory.create()
    first, second = upload(b"first", evidence=evidence), upload(b"second", evidence=evidence)
    check_version(first.public_id)
    check_version(second.public_id)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (VersionState.SUPERSEDED, VersionState.IN_REVIEW)
    assert verbs_of(first) == ["version.submitted", "version.superseded"]


def test_the_newest_version_stays_in_review_whichever_check_ends_last(scanner, upload) -> None:
    evidence = EvidenceFactory.create()
    first, second = upload(b"first", evidence=evidence), upload(b"second", evidence=evidence)
    check_version(second.public_id)
    assert check_version(first.public_id) is VersionState.SUPERSEDED
    second.refresh_from_db()
    assert second.state == VersionState.IN_REVIEW


def test_an_approved_version_stays_approved_beside_a_newer_one_in_review(scanner, upload) -> None:
    evidence = EvidenceFactory.create()
    approved = upload(b"approved", evidence=evidence, waiting=False, approved=True)
    check_version(upload(b"newer", evidence=evidence).public_id)
    approved.refresh_from_db()
    assert approved.state == VersionState.APPROVED


def test_todays_clean_verdict_on_the_same_bytes_is_used_again(scanner, upload) -> None:
    first, second = upload(b"same"), upload(b"same")
    check_version(first.public_id)
    assert check_version(second.public_id) is VersionState.IN_REVIEW
    assert len(scanner.scanned) == 1
    assert verdicts(first) == ["clean"]


@pytest.mark.parametrize("changed", ["27802", ""])
def test_a_verdict_of_other_or_unnumbered_signatures_is_not_used_again(
    scanner, upload, changed
) -> None:
    first, second = upload(b"same"), upload(b"same")
    if not changed:
        scanner.signature_version = changed
    check_version(first.public_id)
    scanner.signature_version = changed
    check_version(second.public_id)
    assert len(scanner.scanned) == 2


def test_the_same_bytes_kept_before_are_recalled_when_a_new_upload_is_infected(
    scanner, upload, run_jobs
) -> None:
    old = upload(b"spreads", waiting=False, approved=True)
    scanner.finds = b"spreads"
    scanner.signature_version = "27802"
    new = upload(b"spreads")
    assert check_version(new.public_id) is VersionState.INFECTED
    assert not is_clean(old.sha256), "nobody can open it from this moment on"
    run_jobs()
    old.refresh_from_db()
    assert old.state == VersionState.RECALLED
    assert verbs_of(old) == ["version.recalled"]


def test_an_infection_found_in_a_version_withdrawn_meanwhile_is_not_forgotten(
    scanner, upload, run_jobs, monkeypatch
) -> None:
    version = upload(b"spreads")
    infected = doubles.InfectedScanner.result

    def is_withdrawn_meanwhile(self, stream, size):
        type(version).objects.filter(pk=version.pk).update(state=VersionState.WITHDRAWN)
        return infected

    monkeypatch.setattr(scanner, "scan", is_withdrawn_meanwhile)
    check_version(version.public_id)
    run_jobs()
    version.refresh_from_db()
    assert version.state == VersionState.RECALLED
    assert Notice.objects.get().sent_at is not None


def test_a_check_costs_few_queries(scanner, upload) -> None:
    check_version(upload(b"warm up").public_id)
    version = upload(b"counted")
    with CaptureQueriesContext(connection) as queries:
        check_version(version.public_id)
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 16, "\n".join(statements)
