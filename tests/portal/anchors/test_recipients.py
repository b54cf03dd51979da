"""Who is sent the seal is said by those who may, and every change is an event."""

import pytest
from django.core import mail
from django.test import Client

from portal.anchors.actions.end_recipient import end_recipient
from portal.anchors.actions.name_recipient import MOST, RecipientDetails, name_recipient
from portal.anchors.models import AnchorProblem, AnchorRecipient
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from portal.refused import Refused
from portal.sealing.models import Seal
from tests.factories import PersonFactory, SiteFactory
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db
NAME = "/admin/record/anchors/people/name/"
GIVEN = {"name": " Ada  Finch (demo) ", "email": "Ada@Trust.example", "is_outside": "outside"}
DETAILS = RecipientDetails(name="Ada Finch (demo)", email="ada@trust.example", is_outside=True)


@pytest.fixture
def browser(client: Client, lead: User) -> Client:
    """Return a browser in which the IG lead is signed in."""
    client.force_login(lead)
    return client


def test_somebody_named_is_sent_the_seal_at_once(
    browser: Client, seal: Seal, run_jobs: RunJobs
) -> None:
    page = browser.post(NAME, GIVEN, follow=True).content.decode()
    run_jobs()

    named = AnchorRecipient.objects.get()
    assert (named.name, named.email, named.is_outside) == (
        "Ada Finch (demo)",
        "ada@trust.example",
        True,
    )
    assert "is on its way to Ada Finch (demo)" in page
    assert mail.outbox[0].to == ["ada@trust.example"]
    event = Event.objects.get(verb=Verb.ANCHOR_RECIPIENT_NAMED)
    assert event.object_ref == named.public_id
    assert event.detail_data["email"] == "ada@trust.example"
    assert b"Finch" not in bytes(event.body)


def test_ending_asks_first_stops_the_mails_and_keeps_the_row(
    browser: Client, trustee: AnchorRecipient, seal: Seal
) -> None:
    AnchorProblem.objects.create(kind="mail", where=trustee.public_id, sentence="No.")
    address = f"/admin/record/anchors/people/{trustee.public_id}/end/"
    assert "Nobody else outside" in browser.get(address).content.decode()

    browser.post(address)
    again = browser.post(address)

    assert again.status_code == 404
    trustee.refresh_from_db()
    assert trustee.ended_at is not None
    assert Event.objects.filter(verb=Verb.ANCHOR_RECIPIENT_ENDED).count() == 1
    assert not AnchorProblem.objects.filter(ended_at=None).exists()


def test_ending_twice_writes_one_event(trustee: AnchorRecipient, lead: User) -> None:
    end_recipient(trustee, actor=lead)
    end_recipient(trustee, actor=lead)

    assert Event.objects.filter(verb=Verb.ANCHOR_RECIPIENT_ENDED).count() == 1


def test_an_address_is_named_once_at_a_time(
    browser: Client, trustee: AnchorRecipient, lead: User
) -> None:
    answer = browser.post(NAME, GIVEN | {"email": "ADA@trust.example"})
    assert answer.status_code == 409
    assert "already" in answer.content.decode()

    end_recipient(trustee, actor=lead)
    assert browser.post(NAME, GIVEN).status_code == 302


def test_no_more_than_twenty_are_named(lead: User) -> None:
    AnchorRecipient.objects.bulk_create(
        AnchorRecipient(name="N", email=f"n{one}@x.example", is_outside=False, named_by=lead)
        for one in range(MOST)
    )
    with pytest.raises(Refused, match="End one of them first"):
        name_recipient(DETAILS, actor=lead)


def test_a_lead_of_one_site_may_not_say_who_is_sent_the_seal(
    trustee: AnchorRecipient,
) -> None:
    person = PersonFactory.create(role=Role.IG_LEAD, site=SiteFactory.create())
    with pytest.raises(NotPermitted):
        name_recipient(DETAILS, actor=person)
    with pytest.raises(NotPermitted):
        end_recipient(trustee, actor=person)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the name"),
        ({"name": "x" * 121}, "120 characters or fewer"),
        ({"name": "a\0b"}, "Null characters"),
        ({"email": "ada"}, "like name@example.org"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "like name@example.org"),
        ({"email": f"{'a' * 250}@b.example"}, "254 characters or fewer"),
        ({"is_outside": ""}, "Choose where they work"),
        ({"is_outside": "elsewhere"}, "Select a valid choice"),
    ],
)
def test_what_is_not_complete_is_told(browser: Client, wrong: dict[str, str], said: str) -> None:
    answer = browser.post(NAME, GIVEN | wrong)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not AnchorRecipient.objects.exists()
