"""Looking at everything, check by check: what is kept, who is told, what survives."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from portal.health.findings import State
from portal.health.record_checks import record_checks
from portal.people.roles import Role
from portal.record import checking
from portal.record.actors import SCHEDULER
from portal.record.checking import begin_check, check_next
from portal.record.models import CheckRun, Event, RecordCheck
from portal.record.tasks import check_tonight
from portal.record.verbs import Verb
from tests.factories import PersonFactory, SiteFactory
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db
_wrong: list[str] = []


def well() -> Iterator[str]:
    """I0: all is well."""
    yield from ()


def told_what() -> Iterator[str]:
    """I0: wrong as the test says."""
    yield from _wrong


@pytest.fixture(autouse=True)
def two_checks(settings: Settings) -> Iterator[None]:
    """Ask two checks: one that is always well, and one that says what the test puts in."""
    settings.INVARIANTS = {"I0": f"{__name__}.well", "I0, too": f"{__name__}.told_what"}
    yield
    _wrong.clear()


def look(run_jobs: RunJobs) -> RecordCheck:
    """Look at everything; return what was kept."""
    check_tonight()
    run_jobs()
    assert not CheckRun.objects.exists()
    return RecordCheck.objects.order_by("-pk")[0]


def test_a_look_that_finds_nothing_is_kept_and_recorded(run_jobs: RunJobs) -> None:
    PersonFactory(role=Role.IG_LEAD)
    check = look(run_jobs)
    assert (check.is_ok, check.difference_count, check.differences) == (True, 0, [])
    assert [part["about"] for part in check.counts] == ["All is well.", "Wrong as the test says."]
    event = Event.objects.get(verb=Verb.RECORD_CHECKED)
    assert (check.event, event.actor_ref, event.after) == (event, SCHEDULER.actor_ref, "well")
    assert event.facts == {"checks": 2, "differences": 0, "events": event.seq - 1}
    assert mail.outbox == []


def test_a_new_difference_is_mailed_once_to_those_who_look_after_the_record(
    run_jobs: RunJobs,
) -> None:
    lead, admin = PersonFactory(role=Role.IG_LEAD), PersonFactory(role=Role.PORTAL_ADMIN)
    PersonFactory(role=Role.IG_LEAD, email=None)
    PersonFactory(role=Role.IG_LEAD, site=SiteFactory())
    PersonFactory(role=Role.EDITOR)
    _wrong.append("evidence x is not what was approved")
    check = look(run_jobs)
    assert (check.is_ok, check.difference_count) == (False, 1)
    assert check.differences == [["I0, too", "evidence x is not what was approved"]]
    assert {to for sent in mail.outbox for to in sent.to} == {lead.email, admin.email}
    assert len(mail.outbox) == 2
    assert "I0, too: evidence x is not what was approved" in mail.outbox[0].body
    assert f"/admin/record/checks/{check.pk}/" in mail.outbox[0].body
    look(run_jobs)
    assert len(mail.outbox) == 2
    _wrong.append("evidence y is gone")
    look(run_jobs)
    assert len(mail.outbox) == 4
    assert "evidence x" not in mail.outbox[-1].body
    assert "evidence y" in mail.outbox[-1].body


def test_a_mail_server_that_is_away_is_tried_again(
    run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> None:
        raise OSError("connection refused")

    PersonFactory(role=Role.IG_LEAD)
    _wrong.append("wrong")
    with monkeypatch.context() as patched:
        patched.setattr("portal.health.tasks.mail", away)
        look(run_jobs)
    assert mail.outbox == []
    run_jobs(planned_until=timezone.now() + timedelta(minutes=6))
    assert len(mail.outbox) == 1


def test_of_many_differences_the_first_are_kept_and_all_are_counted(
    run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "KEPT_OF_ONE", 3)
    _wrong.extend(f"thing {number} is wrong" for number in range(10))
    check = look(run_jobs)
    assert (check.difference_count, len(check.differences)) == (10, 3)


def test_who_asks_while_a_look_is_under_way_gets_that_one(run_jobs: RunJobs) -> None:
    first, second = begin_check(actor=SCHEDULER), begin_check(actor=PersonFactory())
    assert first == second
    run_jobs()
    assert RecordCheck.objects.count() == 1


def test_a_look_whose_job_was_lost_is_given_up() -> None:
    lost = begin_check(actor=SCHEDULER)
    CheckRun.objects.update(moved_at=timezone.now() - timedelta(hours=1))
    assert begin_check(actor=SCHEDULER).pk != lost.pk
    assert check_next(lost.pk) is None


def test_a_job_delivered_twice_has_one_effect(run_jobs: RunJobs) -> None:
    run = begin_check(actor=SCHEDULER)
    check_next(run.pk)
    CheckRun.objects.get(pk=run.pk)
    run_jobs()
    assert check_next(run.pk) is None
    assert RecordCheck.objects.count() == 1
    assert len(RecordCheck.objects.get().counts) == 2


def test_a_check_that_was_taken_out_meanwhile_stops_nothing(
    run_jobs: RunJobs, settings: Settings
) -> None:
    begin_check(actor=SCHEDULER)
    settings.INVARIANTS = {"I0": f"{__name__}.well"}
    run_jobs()
    assert RecordCheck.objects.get().is_ok


def test_what_was_found_is_never_changed(run_jobs: RunJobs) -> None:
    look(run_jobs)
    with pytest.raises(IntegrityError, match="refused: "), transaction.atomic():
        RecordCheck.objects.all().delete()
    with pytest.raises(IntegrityError, match="refused: "), transaction.atomic():
        RecordCheck.objects.update(is_ok=True)


def test_health_says_when_all_was_last_looked_at(run_jobs: RunJobs) -> None:
    assert record_checks().seen == "Nothing was checked yet"
    look(run_jobs)
    assert record_checks().state is State.OK
    _wrong.append("wrong")
    look(run_jobs)
    found = record_checks()
    assert (found.state, found.is_urgent) == (State.DEGRADED, True)
    assert found.seen.startswith("1 differences were found on ")


def test_health_says_when_that_is_long_ago(
    run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(run_jobs)
    later = timezone.now() + timedelta(hours=37)
    monkeypatch.setattr("portal.health.record_checks.timezone.now", lambda: later)
    assert "long ago" in record_checks().seen


def test_keeping_what_a_check_found_costs_few_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    run = begin_check(actor=SCHEDULER)
    with django_assert_num_queries(6):
        check_next(run.pk)


def test_verify_record_says_what_holds_and_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_record")
    said = capsys.readouterr()
    assert "I0, holds" in said.out
    assert "No checkpoint was given" in said.out
    assert "All of this holds: 2 rules, 0 events." in said.out
    assert "Checking I0, too (2 of 2) ..." in said.err
    assert "Checking" not in said.out


def test_verify_record_names_what_differs_and_ends_with_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _wrong.extend(f"thing {number} is wrong" for number in range(60))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_record")
    assert ended.value.code == 1
    out = capsys.readouterr().out
    assert "I0, too, 60 differences" in out
    assert "    thing 49 is wrong\n    and 10 more" in out
    assert "Not all of this holds: 60 differences." in out


def test_verify_record_reads_a_checkpoint_that_was_kept_outside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "checkpoint.txt"
    kept.write_text("not a checkpoint")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_record", checkpoint=kept)
    assert ended.value.code == 1
    assert "Checkpoint: This is not a checkpoint." in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_verify_record_says_which_file_it_cannot_read(
    tmp_path: Path, content: bytes | None
) -> None:
    kept = tmp_path / "checkpoint.txt"
    if content is not None:
        kept.write_bytes(content)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_record", checkpoint=kept)
