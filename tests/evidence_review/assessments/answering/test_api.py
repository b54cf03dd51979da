"""Assessments and answers over the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.models import AnswerEvidence, Response
from portal.people.actions.token import digest_of
from portal.people.models import ApiToken, User
from portal.people.roles import Role
from tests.evidence_review.assessments.answering.house import House
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    MembershipFactory,
    PersonFactory,
    SiteFactory,
    answered,
)

pytestmark = pytest.mark.django_db
ASSESSMENTS = "/api/v1/assessments/"
WORDS = "Page 3 of the policy, version 4, approved on 2 November 2026."


def client_of(person: User) -> Client:
    token = f"wk_{person.public_id}"
    ApiToken.objects.create(person=person, name="test", digest=digest_of(token))
    return Client(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def client(house: House) -> Client:
    return client_of(house.priya)


def one_url(house: House, ref: str = "1.2") -> str:
    return f"{ASSESSMENTS}{house.assessment.public_id}/responses/{ref}/"


def change(client: Client, house: House, ref: str = "1.2", **body: Any) -> Any:
    return client.patch(one_url(house, ref), body, content_type="application/json")


def test_assessments_are_listed_with_their_counts(house: House, client: Client) -> None:
    answered(house.response("1.2"), by=house.priya)
    AssessmentFactory(edition=house.assessment.edition, site=SiteFactory())
    head_office = AssessmentFactory(edition=house.assessment.edition, site=None)
    body = client.get(ASSESSMENTS).json()
    assert [one["owner"] for one in body["results"]] == ["head office", "Rowan House (demo)"]
    mine = body["results"][1]
    assert mine["counts"] == {
        "needed": 4,
        "complete": 1,
        "will_lapse": 0,
        "in_progress": 0,
        "not_started": 3,
    }
    assert mine["sections"]["Staffing and roles"]["needed"] == 3
    found = client.get(ASSESSMENTS, {"site": "head-office"}).json()["results"]
    assert [one["id"] for one in found] == [head_office.public_id]
    found = client.get(ASSESSMENTS, {"site": house.site.public_id}).json()["results"]
    assert [one["id"] for one in found] == [mine["id"]]
    assert client.get(ASSESSMENTS, {"edition": "none"}).json()["results"] == []
    assert client.get(f"{ASSESSMENTS}{mine['id']}/").json() == mine


def test_answers_are_listed_in_order_and_narrowed(house: House, client: Client) -> None:
    answered(house.response("1.2"), by=house.priya)
    Response.objects.filter(requirement__ref="1.2").update(good_until=timezone.localdate())
    address = f"{ASSESSMENTS}{house.assessment.public_id}/responses/"

    def refs(**query: str) -> list[str]:
        return [one["ref"] for one in client.get(address, query).json()["results"]]

    assert refs() == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    assert refs(section="Data security") == ["2.1", "2.2"]
    assert refs(standing="will_lapse") == ["1.2"]
    assert refs(standing="complete") == []
    assert client.get(address, {"standing": "nonsense"}).status_code == 400


def test_an_answer_is_changed_in_part_and_confirmed(house: House, client: Client) -> None:
    first = change(client, house, "1.1", revision=0, tick=True, comment="Ask Tom.")
    assert first.status_code == 200
    assert (first.json()["revision"], first.json()["standing"]) == (1, "in_progress")
    second = change(client, house, "1.1", revision=1, text=WORDS, confirm=True).json()
    assert (second["tick"], second["text"], second["comment"]) == (True, WORDS, "Ask Tom.")
    assert second["standing"] == "complete"
    assert second["confirmed_by"] == {
        "id": house.priya.public_id,
        "name": house.priya.actor_label,
    }
    assert client.get(one_url(house, "1.1")).json() == second


def test_a_stale_change_is_answered_with_what_is_there(house: House, client: Client) -> None:
    answered(house.response("1.2"), by=house.tom, text="What Tom wrote.")
    answer = change(client, house, revision=0, text="Mine")
    body = answer.json()
    assert answer.status_code == 409
    assert body["current"]["text"] == "What Tom wrote."
    assert body["current"]["revision"] == 1
    assert change(client, house, revision=1, text="Both").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"revision": -1},
        {"revision": "x"},
        {"revision": 0, "text": "x" * 5001},
        {"revision": 0, "text": "a\x00b"},
        {"revision": 0, "kept_where": "x" * 301},
        {"revision": 0, "link": "javascript:alert(1)"},
        {"revision": 0, "document_date": "31 February"},
        {"revision": 0, "tick": "perhaps"},
        {"revision": 0, "comment": {"deep": [1]}},
    ],
)
def test_what_is_no_answer_is_refused(house: House, client: Client, sent: dict[str, Any]) -> None:
    answer = change(client, house, "1.3", **sent)
    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert house.response("1.3").revision == 0


def test_not_applicable_is_refused_where_it_is_not_allowed(house: House, client: Client) -> None:
    body: dict[str, Any] = {
        "not_applicable": True,
        "reason_not_applicable": "We have none of these.",
    }
    assert change(client, house, revision=0, **body).status_code == 422


def test_nobody_reads_or_changes_what_is_not_theirs(house: House) -> None:
    stranger = client_of(PersonFactory(role=Role.CONTRIBUTOR, site=SiteFactory()))
    assert stranger.get(one_url(house)).status_code == 404
    assert change(stranger, house, revision=0, text=WORDS).status_code == 404
    reader = client_of(PersonFactory(role=Role.GROUP_MANAGER))
    assert reader.get(one_url(house)).status_code == 200
    assert change(reader, house, revision=0, text=WORDS).status_code == 403
    assert client_of(PersonFactory(role=Role.STAFF)).get(ASSESSMENTS).status_code == 403


def test_the_lists_cost_the_same_however_much_there_is(
    house: House, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    addresses = (ASSESSMENTS, f"{ASSESSMENTS}{house.assessment.public_id}/responses/")
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(7):
            client.get(address)
    due = timezone.localdate() + timedelta(days=3)
    for response in house.assessment.responses.all():
        evidence = EvidenceFactory(site=house.site)
        AnswerEvidence.objects.create(response=response, evidence=evidence, added_by=house.tom)
        response.assigned_to, response.due = PersonFactory(), due
        response.save()
    for _ in range(5):
        AssessmentFactory(edition=house.assessment.edition, site=SiteFactory())
    MembershipFactory(person=house.priya, role=Role.GROUP_MANAGER)
    for address in addresses:
        with django_assert_max_num_queries(7):
            client.get(address)
