"""Readiness over the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.people.actions.token import create_token
from portal.people.models import User
from portal.people.roles import Role
from portal.record.actors import SETUP
from tests.evidence_review.assessments.readiness.making import edition, site_with
from tests.factories import AssessmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/readiness/"


def api_client(person: User) -> Client:
    _, token = create_token(person, "test", actor=SETUP)
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_each_assessment_says_its_level_today_and_on_the_day() -> None:
    edition()
    assessment = site_with(["9.1", "9.2"], lapses_in=10)
    last = timezone.localdate() + timedelta(days=10)
    client = api_client(PersonFactory(role=Role.GROUP_MANAGER))

    answer = client.get(ADDRESS, {"on": (last + timedelta(days=1)).isoformat()}).json()

    assert answer["count"] == 1
    (found,) = answer["results"]
    assert found["assessment"] == assessment.public_id
    assert assessment.site is not None
    assert found["site"] == assessment.site.public_id
    assert (found["level"], found["level_on"]) == ("met", "")
    assert found["next_lapse"] == last.isoformat()
    assert found["sections"][0] == {
        "name": "Staffing and roles",
        "needed": 1,
        "in_progress": 0,
        "complete": 1,
        "complete_on": 0,
    }


def test_a_registered_manager_gets_head_office_and_their_own_site() -> None:
    edition()
    mine, _ = site_with(), site_with()
    head_office = AssessmentFactory(site=None)
    client = api_client(PersonFactory(role=Role.REGISTERED_MANAGER, site=mine.site))

    found = client.get(ADDRESS).json()["results"]

    assert {one["assessment"] for one in found} == {mine.public_id, head_office.public_id}
    assert [one["site"] for one in found if one["assessment"] == head_office.public_id] == [None]


def test_a_day_that_cannot_be_used_is_refused_with_a_sentence() -> None:
    edition()
    client = api_client(PersonFactory(role=Role.GROUP_MANAGER))
    answer = client.get(ADDRESS, {"on": "next week"})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "The day must be a real date, like 2027-06-30."


def test_pages_can_be_asked_for() -> None:
    edition()
    for _ in range(3):
        site_with()
    client = api_client(PersonFactory(role=Role.IG_LEAD))
    answer = client.get(ADDRESS, {"page_size": 2, "page": 2}).json()
    assert (answer["count"], len(answer["results"])) == (3, 1)


def test_it_asks_the_same_few_questions_however_many_sites_there_are() -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ADDRESS).status_code == 200
        return len(asked)

    edition()
    client = api_client(PersonFactory(role=Role.IG_LEAD))
    site_with(["9.1"], lapses_in=10)
    questions()  # the first use of a token is written down
    few = questions()
    for _ in range(4):
        site_with(["9.1"], lapses_in=10)
    assert questions() == few <= 6
