"""Covered sites and the plan over the API."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.models import Assessment, Coverage, ImprovementAction
from portal.people.actions.token import create_token
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import (
    AssessmentFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
)

pytestmark = pytest.mark.django_db


def client_of(person: User) -> Client:
    _, token = create_token(person, "test", actor=person)
    return Client(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def head_office() -> Assessment:
    RequirementFactory(levels=["met"], ref="1.3.1")
    assessment = AssessmentFactory(site=None)
    answered(assessment.responses.get())
    return assessment


def cover(assessment: Assessment, count: int) -> list[Coverage]:
    return [
        Coverage.objects.create(assessment=assessment, site=SiteFactory()) for _ in range(count)
    ]


def test_covered_sites_come_with_what_their_managers_say(
    head_office: Assessment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cover(head_office, 2)
    api = client_of(PersonFactory(role=Role.IG_LEAD))
    address = f"/api/v1/assessments/{head_office.public_id}/sites/"
    api.get(address)
    with django_assert_num_queries(8):
        api.get(address)
    cover(head_office, 10)
    with django_assert_num_queries(8):
        body = api.get(address).json()
    assert len(body["results"]) == 12
    assert {(one["confirmed"], one["to_confirm"]) for one in body["results"]} == {(0, 1)}
    assert {(one["needed"], one["complete"]) for one in body["results"]} == {(1, 0)}


def test_a_manager_is_told_of_their_own_site_alone(head_office: Assessment) -> None:
    mine, _ = cover(head_office, 2)
    api = client_of(PersonFactory(role=Role.REGISTERED_MANAGER, site=mine.site))
    body = api.get(f"/api/v1/assessments/{head_office.public_id}/sites/").json()
    assert [one["site"] for one in body["results"]] == [mine.site.public_id]


def an_action(owner: User) -> dict[str, Any]:
    return {
        "requirement": "1.3.1",
        "what": "Write it down.",
        "owner": owner.public_id,
        "due": "2027-03-31",
    }


def test_an_action_is_planned_and_listed(head_office: Assessment) -> None:
    lead = PersonFactory(role=Role.IG_LEAD)
    api, address = client_of(lead), f"/api/v1/assessments/{head_office.public_id}/actions/"
    made = api.post(address, an_action(lead), content_type="application/json")
    assert made.status_code == 201
    assert made.json()["requirement"] == "test-edition:1.3.1"
    assert api.get(address).json()["results"] == [made.json()]


@pytest.mark.parametrize(
    "wrong",
    [{"requirement": "99"}, {"owner": "nobody"}, {"due": "soon"}, {"what": ""}, {"what": "a\x00"}],
)
def test_what_is_wrong_with_an_action_is_named(
    head_office: Assessment, wrong: dict[str, str]
) -> None:
    lead = PersonFactory(role=Role.IG_LEAD)
    answer = client_of(lead).post(
        f"/api/v1/assessments/{head_office.public_id}/actions/",
        an_action(lead) | wrong,
        content_type="application/json",
    )
    assert answer.status_code == 400
    assert next(iter(wrong)) in answer.content.decode()
    assert not ImprovementAction.objects.exists()


def test_a_reader_plans_nothing(head_office: Assessment) -> None:
    reader = PersonFactory(role=Role.GROUP_MANAGER)
    answer = client_of(reader).post(
        f"/api/v1/assessments/{head_office.public_id}/actions/",
        an_action(reader),
        content_type="application/json",
    )
    assert answer.status_code == 403
