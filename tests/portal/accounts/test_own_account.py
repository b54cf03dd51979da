"""A person's own account page, and the link that sets an empty portal up."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.people import first_administrator
from portal.people.actions.person import PersonDetails
from portal.people.actions.set_up import set_up_portal
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.queries import roles_anywhere
from portal.people.roles import Role
from portal.record.actors import SETUP
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_an_empty_portal_is_set_up_once_by_its_link(client: Client) -> None:
    url = reverse("accounts:first_administrator", args=(first_administrator.make_key(),))
    assert client.get(url).status_code == 200
    form = {
        "organisation_name": "Care (demo)",
        "first_name": "Ada",
        "last_name": "Park (demo)",
        "job_title": "Manager",
        "email": "ada@demo.example",
        "password": "correct-horse-battery",
    }
    assert client.post(url, form | {"password": "password1234"}).status_code == 400
    assert client.post(url, form).status_code == 302
    person = User.objects.get(email="ada@demo.example")
    assert roles_anywhere(person) == {Role.PORTAL_ADMIN}
    assert client.get(url).status_code == 404
    anna = PersonDetails(first_name="Anna", last_name="Field (demo)", email="anna@demo.example")
    with pytest.raises(NotPermitted):
        set_up_portal(anna, "correct-horse-battery", "Care (demo)", actor=SETUP)


def test_a_forged_set_up_link_is_not_found(client: Client) -> None:
    for key in ("x", first_administrator.make_key()[:-2] + "xx"):
        url = reverse("accounts:first_administrator", args=(key,))
        assert client.get(url).status_code == 404


def test_the_account_page_shows_a_new_token_once(client: Client) -> None:
    person = PersonFactory(role=Role.STAFF)
    client.force_login(person)
    made = client.post(reverse("accounts:account"), {"name": "Rota"}).content.decode()
    assert "wk_" in made
    assert "wk_" not in client.get(reverse("accounts:account")).content.decode()
    row = person.api_tokens.get()
    client.post(reverse("accounts:revoke_token", args=(row.pk,)))
    row.refresh_from_db()
    assert row.revoked_at
