"""The search over the API: the same hits, as data."""

import pytest
from django.test import Client

from portal.people.actions.token import create_token
from portal.people.models import User
from portal.policies.models import PolicyPage
from portal.record.actors import SETUP

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(staff: User) -> Client:
    _, token = create_token(staff, "test", actor=SETUP)
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_a_policy_is_found_with_its_facts(api: Client, phones: PolicyPage) -> None:
    body = api.get("/api/v1/search/", {"q": "photograph", "kind": "policy"}).json()

    assert (body["count"], body["is_more"], body["fits"]) == (1, False, "as_typed")
    (hit,) = body["results"]
    assert (hit["kind"], hit["id"], hit["title"]) == ("policy", str(phones.pk), phones.title)
    assert hit["url"] == "/policies/using-your-own-phone/"
    assert "Never photograph a care note" in hit["excerpt"]


def test_pages_follow_each_other(api: Client, phones: PolicyPage) -> None:
    assert api.get("/api/v1/search/", {"q": "phone", "page": "2"}).json()["results"] == []
    assert api.get("/api/v1/search/", {"q": "phone", "page": "21"}).status_code == 400


@pytest.mark.parametrize(
    ("name", "value"), [("kind", "x"), ("date_from", "soon"), ("page", "0"), ("q", "a\x00")]
)
def test_what_is_asked_wrongly_is_said(api: Client, name: str, value: str) -> None:
    answer = api.get("/api/v1/search/", {"q": "phone", name: value})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == name


def test_nothing_asked_is_nothing_found(api: Client, phones: PolicyPage) -> None:
    assert api.get("/api/v1/search/").json()["count"] == 0
