"""The screens of erasures: what is said first, the password, what is shown after."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from portal.erasure.models import Erasure
from portal.people.models import User
from portal.people.roles import Role
from portal.record.actors import SETUP
from portal.record.models import ErasedDetail, Event
from portal.record.record import record
from portal.record.verbs import Verb
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
SURE = {"reason": "left", "words": "", "is_sure": "on"}


@pytest.fixture
def lead(client: Client) -> User:
    """Return an IG lead whose browser is ``client``, signed in with their password just now."""
    lead = PersonFactory(role=Role.IG_LEAD)
    client.force_login(lead)
    return lead


@pytest.fixture
def leaver() -> User:
    """Return somebody who left, and did one thing."""
    person = PersonFactory(is_active=False, first_name="Wilhelmina", last_name="Abernathy")
    record(Verb.EVIDENCE_CHANGED, person.record_ref, actor=person, detail={"title": "Drill"})
    return person


def page(client: Client, url: str) -> str:
    """Return the text of a page."""
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def address(person: User) -> str:
    """Return the page that erases a person."""
    return reverse("erasure:erase", args=["person", person.public_id])


def confirm_password(client: Client, url: str) -> Any:
    """Give the password again, as the page before ``url`` asks; follow where it leads."""
    return client.post(
        f"{reverse('account_reauthenticate')}?next={url}", {"password": PASSWORD}, follow=True
    )


def test_what_will_happen_is_said_first(client: Client, lead: User, leaver: User) -> None:
    text = page(client, address(leaver))
    assert "Erase the details of Wilhelmina Abernathy?" in text
    assert "Name, job title and e-mail address" in text
    assert "Nobody can undo this" in text
    assert not Erasure.objects.exists()


def test_erasing_asks_for_the_password_again_and_then_does_it(
    client: Client, lead: User, leaver: User
) -> None:
    asked = client.post(address(leaver), SURE)
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not Erasure.objects.exists()
    done = confirm_password(client, address(leaver))
    erasure = Erasure.objects.get()
    assert done.redirect_chain[-1][0] == reverse("erasure:erasure", args=[erasure.public_id])
    text = done.content.decode()
    assert "The details are erased." in text
    assert "Abernathy" not in text
    assert client.get(address(leaver)).status_code == 302
    assert "Erased person" not in page(client, reverse("erasure:index")).split("<h1")[0]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": "left"}, "Tick the box"),
        ({"is_sure": "on"}, "Choose the reason"),
        ({"reason": "no such", "is_sure": "on"}, "no such"),
        ({**SURE, "words": "x" * 501}, "500"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_erased(
    client: Client, lead: User, leaver: User, sent: dict[str, str], said: str
) -> None:
    confirm_password(client, "/admin/")
    answer = client.post(address(leaver), sent)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Erasure.objects.exists()


def test_open_duties_are_named_in_place_of_the_form(client: Client, lead: User) -> None:
    person = PersonFactory(role=Role.STAFF)
    text = page(client, address(person))
    assert "Switch it off first." in text
    assert "Erase these details for good" not in text
    confirm_password(client, "/admin/")
    assert client.post(address(person), SURE).status_code == 409


def test_one_event_is_erased_from_its_own_page(client: Client, lead: User, leaver: User) -> None:
    event = Event.objects.get(actor_ref=leaver.actor_ref)
    url = reverse("erasure:event", args=[event.seq])
    assert url in page(client, reverse("record:event", args=[event.seq]))
    assert "Drill" in page(client, url)
    confirm_password(client, "/admin/")
    assert client.post(url, {"reason": "mistake"}).status_code == 400
    client.post(url, {**SURE, "reason": "mistake"})
    assert ErasedDetail.objects.get().event_id == event.seq
    text = page(client, reverse("record:event", args=[event.seq]))
    assert "were erased on" in text
    assert url not in text
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("path", ["of/person/nobody/", "of/ghost/x/", "event/999/", "nothing/"])
def test_what_is_not_there_is_not_found(client: Client, lead: User, path: str) -> None:
    assert client.get(f"/admin/erasures/{path}").status_code == 404


def test_the_list_offers_who_left_and_says_what_it_is_for(client: Client, lead: User) -> None:
    assert "No details of a person were erased yet." in page(client, reverse("erasure:index"))
    person = PersonFactory(is_active=False)
    assert address(person) in page(client, reverse("erasure:index"))


def test_the_list_costs_the_same_however_long_it_is(
    client: Client, lead: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        PersonFactory(is_active=False)
        Erasure.objects.create(
            kind="person",
            ref=f"gone{number}",
            actor_ref=f"person:gone{number}",
            reason="left",
            asked_by=lead,
            until_seq=0,
        )
    with django_assert_max_num_queries(25):
        page(client, reverse("erasure:index"))


def test_whoever_may_not_erase_sees_no_link_beside_an_event(client: Client, leaver: User) -> None:
    client.force_login(PersonFactory(role=Role.PORTAL_ADMIN))
    event = record(Verb.EVIDENCE_CHANGED, leaver.record_ref, actor=SETUP)
    text = page(client, reverse("record:event", args=[event.seq]))
    assert reverse("erasure:event", args=[event.seq]) not in text
