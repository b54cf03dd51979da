"""The sign-in pages that Wagtail brings lead to the one door, and nobody goes round in circles."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from portal.people.roles import Role
from tests.factories import PASSWORD, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db
WAGTAILS = ["/admin/login/", "/_util/login/"]


@pytest.mark.parametrize("address", WAGTAILS)
def test_no_password_is_taken_but_at_the_one_door(client: Client, address: str) -> None:
    PersonFactory.create(email="grace@demo.example", role=Role.IG_LEAD)
    typed = {"username": "grace@demo.example", "password": PASSWORD}

    answer = client.post(address, typed)

    assertRedirects(answer, "/account/login/?next=/admin/")
    assert not get_user(client).is_authenticated


def test_a_stranger_comes_back_to_the_page_they_asked_for(client: Client) -> None:
    PersonFactory.create(email="grace@demo.example", role=Role.IG_LEAD)

    door = client.get("/admin/evidence/review/", follow=True).redirect_chain[-1][0]
    answer = client.post(door, {"login": "grace@demo.example", "password": PASSWORD})

    assertRedirects(answer, "/admin/evidence/review/", fetch_redirect_response=False)


def test_somebody_without_a_role_for_the_admin_is_told_so(client: Client) -> None:
    client.force_login(PersonFactory.create(role=Role.STAFF))

    answer = client.get("/admin/", follow=True)

    assert answer.status_code == 403
    assert "The admin is for IG leads, editors and portal administrators." in str(answer.content)


def test_whose_role_starts_today_is_told_to_wait_and_not_sent_in_circles(client: Client) -> None:
    person = PersonFactory.create()
    MembershipFactory.create(person=person, role=Role.IG_LEAD, starts=timezone.localdate())
    person.groups.clear()
    client.force_login(person)

    answer = client.get("/admin/", follow=True)

    assert answer.status_code == 403
    assert "Your new role starts today." in str(answer.content)


def test_a_role_that_ended_closes_the_admin(client: Client) -> None:
    ended = timezone.localdate() - timedelta(days=1)
    person = PersonFactory.create()
    MembershipFactory.create(person=person, role=Role.IG_LEAD, ends=ended)
    client.force_login(person)

    assert client.get("/admin/", follow=True).status_code == 403


def test_the_admins_door_lets_those_in_who_are_signed_in(client: Client) -> None:
    client.force_login(PersonFactory.create(role=Role.EDITOR))

    assertRedirects(client.get("/admin/login/"), "/admin/")
