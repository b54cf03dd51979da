"""Copies go to every place once, and a place that fails stops no other."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_q.models import Schedule
from pytest_django import Settings

from portal.anchors.actions.keep_anchor import keep_anchor, keep_anchor_problem
from portal.anchors.models import Anchor, AnchorKind, AnchorProblem, AnchorRecipient
from portal.anchors.tasks import anchor, anchor_everywhere
from portal.record.actors import SCHEDULER
from portal.record.models import Event
from portal.record.verbs import Verb
from portal.sealing.models import Seal
from portal.sealing.sealer import Sealer
from tests.fixtures.jobs import RunJobs
from tests.portal.anchors.conftest import a_place, seal_again

pytestmark = pytest.mark.django_db


def anchored() -> list[Event]:
    """Return the events of copies, oldest first."""
    return list(Event.objects.filter(verb=Verb.CHECKPOINT_ANCHORED).order_by("seq"))


@pytest.fixture
def outside(settings: Settings, tmp_path: Path) -> Path:
    """Return a folder that is set up as a place."""
    made = tmp_path / "outside"
    made.mkdir()
    settings.ANCHOR_FOLDER = str(made)
    return made


def test_every_place_gets_the_newest_checkpoint_with_one_event_each(
    seal: Seal, trustee: AnchorRecipient, outside: Path, run_jobs: RunJobs
) -> None:
    anchor_everywhere()
    run_jobs()

    assert set(Anchor.objects.values_list("kind", "where", "is_outside")) == {
        ("mail", trustee.public_id, True),
        ("folder", "folder", True),
    }
    assert {(event.object_ref, event.facts["kind"]) for event in anchored()} == {
        (str(seal.size), "mail"),
        (str(seal.size), "folder"),
    }
    assert len(mail.outbox) == len(list(outside.iterdir())) == 1


def test_no_name_or_address_is_sealed(
    seal: Seal, trustee: AnchorRecipient, run_jobs: RunJobs
) -> None:
    anchor_everywhere()
    run_jobs()

    body = bytes(anchored()[0].body).decode()
    assert trustee.public_id in body
    assert "Finch" not in body
    assert "trust.example" not in body


def test_a_place_that_fails_stops_no_other_and_is_tried_again(
    seal: Seal,
    trustee: AnchorRecipient,
    outside: Path,
    settings: Settings,
    run_jobs: RunJobs,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    anchor_everywhere()
    run_jobs()

    assert [one.kind for one in Anchor.objects.all()] == [AnchorKind.FOLDER]
    problem = AnchorProblem.objects.get(ended_at=None)
    assert problem.where == trustee.public_id
    assert "mail server" in problem.sentence

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run_jobs(planned_until=timezone.now() + timedelta(minutes=6))

    assert Anchor.objects.filter(kind=AnchorKind.MAIL).count() == len(mail.outbox) == 1
    assert not AnchorProblem.objects.filter(ended_at=None).exists()


def test_a_place_that_goes_on_failing_is_tried_four_times_a_day(
    seal: Seal, settings: Settings, tmp_path: Path, run_jobs: RunJobs
) -> None:
    settings.ANCHOR_FOLDER = str(tmp_path / "nowhere")
    anchor_everywhere()

    ran = run_jobs(planned_until=timezone.now() + timedelta(days=1))

    assert ran == ["portal.anchors.tasks.anchor"] * 4
    assert AnchorProblem.objects.count() == 1
    assert not Schedule.objects.exists()


def test_a_job_that_is_delivered_twice_leaves_one_copy_and_one_event(
    seal: Seal, trustee: AnchorRecipient
) -> None:
    anchor("mail", trustee.public_id)
    anchor("mail", trustee.public_id)

    assert Anchor.objects.count() == len(anchored()) == len(mail.outbox) == 1


def test_a_mail_that_another_job_is_sending_is_not_sent_again(
    seal: Seal, trustee: AnchorRecipient
) -> None:
    AnchorRecipient.objects.filter(pk=trustee.pk).update(mailed=seal)

    anchor("mail", trustee.public_id)

    assert not mail.outbox
    assert not Anchor.objects.exists()


def test_the_next_seal_goes_out_the_next_time(
    seal: Seal, sealer: Sealer, trustee: AnchorRecipient
) -> None:
    anchor("mail", trustee.public_id)
    newer = seal_again(sealer)
    anchor("mail", trustee.public_id)

    assert [one.seal_id for one in Anchor.objects.all()] == [newer.pk, seal.pk]


def test_nothing_goes_out_before_the_first_seal_or_to_somebody_ended(
    trustee: AnchorRecipient, sealer: Sealer, run_jobs: RunJobs
) -> None:
    anchor("mail", trustee.public_id)
    assert not mail.outbox
    sealer.work(timezone.now())
    AnchorRecipient.objects.update(ended_at=timezone.now())
    anchor_everywhere()
    run_jobs(planned_until=timezone.now() + timedelta(days=1))

    assert not mail.outbox


def test_who_is_named_before_the_first_seal_gets_it_soon_after(
    trustee: AnchorRecipient, sealer: Sealer, run_jobs: RunJobs
) -> None:
    anchor("mail", trustee.public_id)
    sealer.work(timezone.now())
    run_jobs(planned_until=timezone.now() + timedelta(minutes=6))

    assert len(mail.outbox) == 1


def test_a_problem_of_another_kind_ends_the_one_before(db: None) -> None:
    keep_anchor_problem(a_place(), "There is no room.")
    keep_anchor_problem(a_place(), "There is no room.")
    keep_anchor_problem(a_place(), "The folder is not there.")

    assert list(AnchorProblem.objects.values_list("sentence", flat=True)) == [
        "The folder is not there.",
        "There is no room.",
    ]
    assert AnchorProblem.objects.filter(ended_at=None).count() == 1


def test_the_database_refuses_to_change_or_remove_a_copy(
    seal: Seal, trustee: AnchorRecipient
) -> None:
    keep_anchor(seal, a_place(), b"", actor=SCHEDULER)
    for rows in (Anchor.objects.all(), AnchorRecipient.objects.all()):
        with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
            rows.delete()
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        Anchor.objects.update(where="elsewhere")
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        AnchorRecipient.objects.update(is_outside=False)
