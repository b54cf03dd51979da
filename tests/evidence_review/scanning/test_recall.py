"""Taking a version back after it went to review."""

from datetime import timedelta
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.utils import timezone

from evidence_review.evidence.permissions import user_can_open_version
from evidence_review.evidence.reasons import ReasonNotAccepted
from evidence_review.evidence.states import TransitionRefused, VersionState
from evidence_review.scanning.actions.quarantine_bytes import quarantine_bytes
from evidence_review.scanning.actions.recall import recall, recall_infected
from evidence_review.scanning.actions.tell_people import tell_people
from evidence_review.scanning.models import Notice
from evidence_review.scanning.queries import RECALLABLE
from portal.people.answers import NotPermitted
from portal.people.roles import Role
from portal.record.models import Event
from tests.evidence_review.scanning.reading import verbs_of
from tests.factories import EvidenceFactory, PersonFactory, SiteFactory, VerdictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ig_lead():
    """An IG lead for every site."""
    return PersonFactory.create(role=Role.IG_LEAD, email="lead@demo.example")


def in_store(bytes_dir: Path, sha256: str) -> bool:
    return any(path.is_file() for path in bytes_dir.rglob(sha256))


def test_an_approved_version_found_infected_is_recalled_and_people_are_told(
    upload, ig_lead, run_jobs, bytes_dir, settings
) -> None:
    version = upload(waiting=False, approved=True)
    assert user_can_open_version(ig_lead, version)
    VerdictFactory.create(sha256=version.sha256, found_later=True)
    assert not user_can_open_version(ig_lead, version), "closed before the recall itself"
    assert recall_infected(version.public_id) is not None
    run_jobs()
    version.refresh_from_db()
    assert version.state == VersionState.RECALLED
    assert not in_store(bytes_dir, version.sha256)
    assert (Path(settings.QUARANTINE_DIR) / version.sha256).exists()
    told = {address for message in mail.outbox for address in message.to}
    assert told == {"lead@demo.example", version.uploaded_by.email} | {
        decision.decider.email for decision in version.decisions.all()
    }
    assert "Portal.Test.Signature" in mail.outbox[0].body
    assert version.evidence.title in mail.outbox[0].body
    assert recall_infected(version.public_id) is None, "a second delivery does nothing"
    assert verbs_of(version) == ["version.recalled"]


def test_a_version_that_is_clean_by_now_is_not_recalled_by_a_late_job(upload) -> None:
    version = upload(waiting=False, approved=True)
    assert recall_infected(version.public_id) is None
    version.refresh_from_db()
    assert version.state == VersionState.APPROVED


@pytest.mark.parametrize("state", sorted(RECALLABLE))
def test_an_ig_lead_may_recall_whatever_went_to_review(upload, ig_lead, state) -> None:
    version = upload(**{"waiting": False, str(state): True})
    event = recall(version.public_id, actor=ig_lead, reason=" A letter of another person ")
    version.refresh_from_db()
    assert version.state == VersionState.RECALLED
    assert (event.before, event.after) == (state, "recalled")
    assert event.detail_data["reason"] == "A letter of another person"
    assert "letter" not in bytes(event.body).decode(), "free text stays out of the sealed bytes"


@pytest.mark.parametrize("state", sorted(set(VersionState) - RECALLABLE))
def test_nothing_else_can_be_recalled(upload, ig_lead, state) -> None:
    version = upload(**{"waiting": False, str(state): True})
    with pytest.raises(TransitionRefused):
        recall(version.public_id, actor=ig_lead, reason="Wrong file")
    assert Event.objects.count() == 0


def test_a_recall_needs_an_ig_lead_of_the_site_and_a_reason(upload, ig_lead) -> None:
    version = upload(waiting=False, approved=True)
    for outsider in (
        version.uploaded_by,
        PersonFactory.create(role=Role.PORTAL_ADMIN),
        PersonFactory.create(role=Role.IG_LEAD, site=SiteFactory.create()),
    ):
        with pytest.raises(NotPermitted):
            recall(version.public_id, actor=outsider, reason="Wrong file")
    with pytest.raises(ReasonNotAccepted):
        recall(version.public_id, actor=ig_lead, reason="  ")
    version.refresh_from_db()
    assert version.state == VersionState.APPROVED


def test_bytes_stay_while_another_version_still_needs_them(upload, ig_lead, bytes_dir) -> None:
    recalled = upload(b"same", waiting=False, approved=True)
    needed = upload(b"same", waiting=False, approved=True)
    recall(recalled.public_id, actor=ig_lead, reason="Wrong evidence")
    assert quarantine_bytes(recalled.sha256) is False
    assert in_store(bytes_dir, needed.sha256)
    recall(needed.public_id, actor=ig_lead, reason="Wrong evidence")
    assert quarantine_bytes(recalled.sha256) is True
    assert quarantine_bytes(recalled.sha256) is True, "twice does no harm"
    assert not in_store(bytes_dir, needed.sha256)


def test_a_notice_is_sent_once_however_often_its_job_comes(upload, ig_lead) -> None:
    version = upload(waiting=False, approved=True)
    recall(version.public_id, actor=ig_lead, reason="Wrong file")
    notice = Notice.objects.get()
    assert tell_people(notice.pk) is True
    sent = len(mail.outbox)
    assert sent
    assert tell_people(notice.pk) is False
    assert len(mail.outbox) == sent


def test_a_notice_that_could_not_be_sent_is_tried_again(
    upload, ig_lead, run_jobs, monkeypatch
) -> None:
    version = upload(waiting=False, approved=True)
    recall(version.public_id, actor=ig_lead, reason="Wrong file")

    def refuses(self, messages):
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuses)
        run_jobs()
    assert mail.outbox == []
    later = timezone.now() + timedelta(hours=1)
    Notice.objects.update(claimed_until=timezone.now())
    run_jobs(planned_until=later)
    assert mail.outbox
    assert Notice.objects.get().sent_at is not None


def test_people_without_an_address_or_an_account_are_passed_over(upload, run_jobs) -> None:
    nobody = PersonFactory.create(email=None, role=Role.CONTRIBUTOR)
    version = upload(
        evidence=EvidenceFactory.create(created_by=nobody), waiting=False, approved=True
    )
    lead = PersonFactory.create(role=Role.IG_LEAD, email="lead@demo.example")
    PersonFactory.create(role=Role.IG_LEAD, email="left@demo.example", is_active=False)
    recall(version.public_id, actor=lead, reason="Wrong file")
    run_jobs()
    told = {address for message in mail.outbox for address in message.to}
    assert "lead@demo.example" in told
    assert "left@demo.example" not in told
