"""E-mails about reviews: who gets which, once, in plain words."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from pytest_django import Settings

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review import notices, tasks
from evidence_review.review.actions.approve import approve
from evidence_review.review.actions.refuse import refuse
from evidence_review.review.actions.return_version import return_version
from evidence_review.review.models import NoticeSent
from evidence_review.review.working_days import working_days_before
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import (
    DecisionFactory,
    EvidenceFactory,
    PersonFactory,
    RouteFactory,
    StandInFactory,
    VersionFactory,
)
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base_url(settings: Settings) -> None:
    """Let links begin with a known address."""
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example/"


@pytest.mark.parametrize(
    ("act", "subject", "words"),
    [
        (approve, "Approved: Fire drill, version 1", "It is now kept as evidence."),
        (return_version, "Returned to you: Fire drill, version 1", "Put it right, then upload"),
        (refuse, "Refused: Fire drill, version 1", "It is kept in the history and not used."),
    ],
)
def test_the_uploader_reads_what_was_decided_by_whom_and_why(
    lead: User, run_jobs: RunJobs, act: Any, subject: str, words: str
) -> None:
    version = VersionFactory(evidence__title="Fire drill")
    act(
        version.public_id,
        actor=lead,
        sha256_seen=version.sha256,
        reason="First line.\nSecond line.",
    )
    run_jobs()
    [message] = mail.outbox
    assert message.subject == subject
    assert message.to == [version.uploaded_by.email]
    assert f"Hello {version.uploaded_by.first_name}," in message.body
    assert lead.actor_label in message.body
    assert "    First line.\n    Second line." in message.body
    assert words in message.body
    assert f"https://portal.example/evidence/{version.evidence.public_id}/" in message.body
    assert "portal.example//" not in message.body


def test_a_job_delivered_twice_tells_once() -> None:
    decision = DecisionFactory()
    tasks.tell_uploader(decision.pk)
    tasks.tell_uploader(decision.pk)
    assert len(mail.outbox) == 1


def test_a_title_cannot_add_lines_to_the_head_of_an_e_mail(lead: User) -> None:
    evidence = EvidenceFactory(title="Fire drill\r\nBcc: everybody@demo.example")
    tasks.tell_uploader(DecisionFactory(version=VersionFactory(evidence=evidence)).pk)
    assert mail.outbox[0].subject == "Approved: Fire drill Bcc: everybody@demo.example, version 1"
    assert mail.outbox[0].recipients() == [evidence.created_by.email]


@pytest.mark.parametrize("about", [{"email": None}, {"is_active": False}])
def test_whoever_cannot_get_an_e_mail_gets_none(about: dict[str, Any]) -> None:
    uploader = PersonFactory(role=Role.CONTRIBUTOR, **about)
    tasks.tell_uploader(DecisionFactory(version=VersionFactory(uploaded_by=uploader)).pk)
    assert mail.outbox == []


def away(*args: object, **kwargs: object) -> int:
    """Be a mail server that hangs up."""
    raise SMTPServerDisconnected("gone")


def test_a_mail_server_that_is_away_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, run_jobs: RunJobs
) -> None:
    decision = DecisionFactory()
    with monkeypatch.context() as broken:
        broken.setattr(notices, "send_mail", away)
        tasks.tell_uploader(decision.pk)
    assert not NoticeSent.objects.exists()
    planned = Schedule.objects.get()
    assert timezone.now() + timedelta(minutes=4) < planned.next_run
    run_jobs(planned_until=timezone.now() + timedelta(minutes=6))
    assert len(mail.outbox) == 1


def test_after_enough_attempts_the_failure_is_left_to_be_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision = DecisionFactory()
    monkeypatch.setattr(notices, "send_mail", away)
    with pytest.raises(SMTPServerDisconnected):
        tasks.tell_uploader(decision.pk, len(tasks._WAIT_MINUTES))
    assert not Schedule.objects.exists()


def told(person: User, **ago: float) -> None:
    """Let somebody have been told some time ago."""
    at = timezone.now() - timedelta(**ago)
    NoticeSent.objects.create(key=f"waiting:{person.pk}:{at:%Y-%m-%dT%H}", at=at)


def test_those_who_may_decide_hear_that_something_waits(
    lead: User, other_lead: User, run_jobs: RunJobs
) -> None:
    PersonFactory(role=Role.EDITOR)
    version = VersionFactory(uploaded_by=other_lead, evidence__title="Fire drill")
    stand_in = StandInFactory(person=lead).stand_in
    tasks.tell_of_new_reviews()
    run_jobs()
    assert {message.to[0] for message in mail.outbox} == {lead.email, stand_in.email}
    message = mail.outbox[0]
    assert message.subject == "Waiting for your review: Fire drill"
    assert "In all, 1 file waits for you." in message.body
    assert f"https://portal.example/admin/evidence/review/{version.public_id}/" in message.body


def test_many_files_at_once_are_one_e_mail(lead: User, run_jobs: RunJobs) -> None:
    VersionFactory.create_batch(3)
    for _ in range(2):
        tasks.tell_of_new_reviews()
        run_jobs()
    assert len(mail.outbox) == 1
    assert "In all, 3 files wait for you." in mail.outbox[0].body


def test_nobody_is_told_of_new_files_more_than_once_an_hour(lead: User, run_jobs: RunJobs) -> None:
    VersionFactory()
    told(lead, minutes=59)
    tasks.tell_of_new_reviews()
    assert run_jobs() == []


def test_what_came_after_the_last_e_mail_is_told_an_hour_later(
    lead: User, run_jobs: RunJobs
) -> None:
    version = VersionFactory()
    version.state_since = timezone.now() - timedelta(minutes=50)
    version.save(update_fields=("state_since",))
    told(lead, minutes=61)
    tasks.tell_of_new_reviews()
    run_jobs()
    assert len(mail.outbox) == 1


def test_what_was_told_already_is_not_told_again_as_new(lead: User, run_jobs: RunJobs) -> None:
    version = VersionFactory()
    version.state_since = timezone.now() - timedelta(hours=3)
    version.save(update_fields=("state_since",))
    told(lead, hours=2)
    tasks.tell_of_new_reviews()
    assert run_jobs() == []


def test_nobody_hears_of_what_is_decided_already(lead: User, run_jobs: RunJobs) -> None:
    tasks.tell_reviewers(VersionFactory(returned=True, decider=lead).public_id)
    run_jobs()
    assert mail.outbox == []


def test_the_next_step_hears_when_a_step_is_done(lead: User, run_jobs: RunJobs) -> None:
    RouteFactory(steps=[(Role.EDITOR, 1), (Role.IG_LEAD, 1)])
    version = VersionFactory()
    editor = PersonFactory(role=Role.EDITOR)
    approve(version.public_id, actor=editor, sha256_seen=version.sha256)
    run_jobs()
    assert [message.to for message in mail.outbox] == [[lead.email]]


def test_a_step_that_is_not_done_tells_nobody_new(lead: User, other_lead: User) -> None:
    RouteFactory(steps=[(Role.IG_LEAD, 3)])
    version = VersionFactory()
    approve(version.public_id, actor=lead, sha256_seen=version.sha256)
    assert not OrmQ.objects.exists()


def waiting_for_days(days: int, title: str) -> EvidenceVersion:
    """Make a version that has waited for so many days."""
    version = VersionFactory(evidence__title=title)
    version.state_since = timezone.now() - timedelta(days=days)
    version.save(update_fields=("state_since",))
    return version


def test_reviewers_are_reminded_once_a_day_of_what_waits_too_long(
    lead: User, run_jobs: RunJobs
) -> None:
    waiting_for_days(20, "Fire drill")
    waiting_for_days(15, "Backup test")
    waiting_for_days(1, "New file")
    PersonFactory(role=Role.EDITOR)
    for _ in range(2):
        tasks.remind_of_stale_reviews()
        run_jobs()
    [message] = mail.outbox
    assert message.to == [lead.email]
    assert "2 files have waited more than 5 working days" in message.body
    assert message.body.index("Fire drill") < message.body.index("Backup test")
    assert "New file" not in message.body
    assert "https://portal.example/admin/evidence/review/" in message.body


def test_nobody_is_reminded_of_what_they_may_not_decide_on(lead: User, run_jobs: RunJobs) -> None:
    version = VersionFactory(uploaded_by=lead)
    version.state_since = timezone.now() - timedelta(days=20)
    version.save(update_fields=("state_since",))
    tasks.remind_of_stale_reviews()
    run_jobs()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 27), date(2026, 11, 20)),
        (date(2026, 11, 23), date(2026, 11, 16)),
        (date(2026, 11, 22), date(2026, 11, 16)),
        (date(2026, 11, 21), date(2026, 11, 16)),
    ],
)
def test_weekends_are_not_working_days(today: date, expected: date) -> None:
    assert working_days_before(today, 5) == expected
