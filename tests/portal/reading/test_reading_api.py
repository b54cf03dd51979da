"""Confirming over the API."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.reading.models import Acknowledgement
from tests.factories import PersonFactory
from tests.portal.policies.making import QUIZ
from tests.portal.reading.readers import asking, changed, in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return PersonFactory.create(role=Role.STAFF)


@pytest.fixture
def api(reader: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(reader)
    return client


def path(page: PolicyPage) -> str:
    return f"/api/v1/policies/{page.pk}/confirmation/"


def seen(page: PolicyPage) -> dict[str, Any]:
    version = in_force(page)
    return {"version": version.number, "sha256": version.sha256}


def test_a_program_confirms_what_it_showed_and_reads_it_back(api: APIClient) -> None:
    page = asking()
    before = api.get(path(page)).json()
    assert before["asks"] is True
    assert before["confirmed"] is None
    assert before["sha256"] == in_force(page).sha256

    after = api.post(path(page), seen(page), format="json").json()

    assert after["confirmed"]["version"] == 1
    assert after["confirmed"]["how"] == "own"
    api.post(path(page), seen(page), format="json")
    listed = api.get("/api/v1/confirmations/").json()
    assert listed["count"] == 1
    assert listed["results"][0]["title"] == page.title
    assert Acknowledgement.objects.count() == 1


def test_what_was_replaced_meanwhile_is_refused_with_how_one_stands_now(api: APIClient) -> None:
    page = asking()
    shown = seen(page)
    changed(page, summary="Other words.")

    answer = api.post(path(page), shown, format="json")

    assert answer.status_code == 409
    assert "Version 2 was published" in answer.json()["detail"]
    assert answer.json()["current"]["version"] == 2
    assert not Acknowledgement.objects.exists()


def test_a_text_that_was_never_published_cannot_be_confirmed(api: APIClient) -> None:
    page = asking()

    answer = api.post(path(page), seen(page) | {"sha256": "0" * 64}, format="json")

    assert answer.status_code == 409
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [{}, {"version": "x", "sha256": 3}, {"version": 2**70, "sha256": "g" * 64}, [], "\x00", None],
)
def test_what_makes_no_sense_is_refused(api: APIClient, sent: Any) -> None:
    page = asking()

    assert api.post(path(page), sent, format="json").status_code == 400


def test_questions_are_answered_on_the_portals_own_page(api: APIClient) -> None:
    page = asking(quiz=QUIZ)
    assert api.get(path(page)).json()["has_questions"] is True

    answer = api.post(path(page), seen(page), format="json")

    assert answer.status_code == 409
    assert "Answer the questions first" in answer.json()["detail"]


def test_a_policy_for_others_is_refused_and_an_unknown_one_is_not_there(api: APIClient) -> None:
    page = asking(for_roles=[Role.EDITOR])

    assert api.get(path(page)).status_code == 403
    assert api.post(path(page), seen(page), format="json").status_code == 403
    assert api.get("/api/v1/policies/999999/confirmation/").status_code == 404
