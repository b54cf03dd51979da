"""The catalogue over the API."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.people.actions.token import create_token
from portal.people.roles import Role
from portal.record.actors import SETUP
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(client: Client) -> Client:
    load_catalogue(actor=SETUP)
    person = PersonFactory.create(role=Role.STAFF)
    _, token = create_token(person, "test", actor=person)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def test_the_mandatory_items_of_an_edition_are_45(api: Client) -> None:
    body = api.get("/api/v1/requirements/?edition=dspt-v8&mandatory=true").json()
    assert body["count"] == 45
    assert body["results"][0]["code"].startswith("dspt-v8:")


def test_the_eight_quality_statements_are_there(api: Client) -> None:
    assert api.get("/api/v1/requirements/?edition=cqc-statements").json()["count"] == 8


def test_the_catalogue_costs_the_same_whatever_the_page(
    api: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    api.get("/api/v1/requirements/")
    with django_assert_max_num_queries(5):
        api.get("/api/v1/requirements/?page_size=200")
