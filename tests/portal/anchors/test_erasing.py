"""Somebody who was sent the seal can have their name and address erased."""

import pytest

from portal.anchors.actions.end_recipient import end_recipient
from portal.anchors.actions.name_recipient import RecipientDetails, name_recipient
from portal.anchors.erasing import KIND
from portal.anchors.models import AnchorRecipient
from portal.erasure.actions.erase_person import NotNow, erase_person
from portal.erasure.reasons import Reason
from portal.erasure.subjects import find_subject
from portal.people.models import User
from portal.record.invariants import record_is_whole
from portal.record.models import EventDetail
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(lead: User) -> AnchorRecipient:
    """Name somebody by the action that leaves the event."""
    details = RecipientDetails(name="Ada Finch (demo)", email="ada@trust.example", is_outside=True)
    return name_recipient(details, actor=lead)


def test_name_and_address_go_from_the_row_and_from_the_events(
    named: AnchorRecipient, lead: User, run_jobs: RunJobs
) -> None:
    end_recipient(named, actor=lead)
    subject = find_subject(KIND, named.public_id)
    assert subject is not None

    erase_person(subject, actor=lead, reason=Reason.ASKED)
    run_jobs()

    named.refresh_from_db()
    assert (named.name, named.email) == ("Erased person", "")
    assert not EventDetail.objects.filter(text__contains="Finch").exists()
    assert not EventDetail.objects.filter(text__contains="trust.example").exists()
    assert list(record_is_whole()) == []
    again = find_subject(KIND, named.public_id)
    assert again is not None
    with pytest.raises(NotNow, match="already"):
        erase_person(again, actor=lead, reason=Reason.ASKED)


def test_while_the_seal_is_sent_nothing_is_erased(named: AnchorRecipient, lead: User) -> None:
    subject = find_subject(KIND, named.public_id)
    assert subject is not None

    with pytest.raises(NotNow, match="Stop that first"):
        erase_person(subject, actor=lead, reason=Reason.ASKED)


def test_nobody_unknown_is_found(db: None) -> None:
    assert find_subject(KIND, "unknown") is None
