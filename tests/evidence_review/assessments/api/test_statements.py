"""Statements over the API: what is counted, for whom."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.frameworks.models import Requirement
from portal.people.actions.token import create_token
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.assessments.claiming import (
    a_statement,
    approved_evidence,
    claimed,
    cqc_edition,
)
from tests.factories import PersonFactory, RequirementFactory, SiteFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/statements/"


@pytest.fixture
def statement() -> Requirement:
    return a_statement(cqc_edition(kinds=("staff", "outcomes")))


def api_of(person: User) -> Client:
    _, token = create_token(person, "test", actor=person)
    return Client(headers={"Authorization": f"Bearer {token}"})


def results(client: Client, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_claims_are_counted_by_kind_for_whoever_asks(statement: Requirement) -> None:
    site = SiteFactory.create()
    claimed(statement, site=site, evidence=[approved_evidence(site)])
    claimed(statement, site=SiteFactory.create())
    RequirementFactory.create()
    (body,) = results(api_of(PersonFactory.create(role=Role.IG_LEAD)))
    assert body["code"] == statement.code
    assert body["kinds"] == [
        {"code": "staff", "claims": 2, "shown": 1},
        {"code": "outcomes", "claims": 0, "shown": 0},
    ]
    (body,) = results(api_of(PersonFactory.create(role=Role.CONTRIBUTOR, site=site)))
    assert body["kinds"][0] == {"code": "staff", "claims": 1, "shown": 1}


def test_one_edition_can_be_asked_for(statement: Requirement) -> None:
    kloe = a_statement(cqc_edition("kloe", kinds=()))
    api = api_of(PersonFactory.create(role=Role.GROUP_MANAGER))
    assert {body["code"] for body in results(api)} == {statement.code, kloe.code}
    (body,) = results(api, "?edition=kloe")
    assert body["kinds"] == [{"code": "", "claims": 0, "shown": 0}]
    assert results(api, "?edition=none") == []


def test_staff_are_told_that_it_is_not_theirs(statement: Requirement) -> None:
    answer = api_of(PersonFactory.create(role=Role.STAFF)).get(ADDRESS)
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Evidence is for managers, contributors and IG leads."


def test_the_number_of_queries_does_not_grow(statement: Requirement) -> None:
    api = api_of(PersonFactory.create(role=Role.IG_LEAD))
    claimed(statement)
    results(api)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            results(api)
        return len(captured)

    few = asked()
    for _ in range(5):
        claimed(a_statement(statement.edition))
        claimed(statement)
    assert asked() == few <= 8
