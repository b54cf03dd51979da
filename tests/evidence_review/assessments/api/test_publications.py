"""Publications over the API: what is given can be hashed again by whoever reads it."""

import hashlib
import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.models import Publication
from portal.people.actions.token import create_token
from portal.record.queries import events_about
from tests.evidence_review.assessments.publishable import lead_of, published, ready
from tests.factories import AssessmentFactory, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication() -> Publication:
    return published(ready())


@pytest.fixture
def api(publication: Publication) -> Client:
    return as_lead_of(publication.assessment)


def as_lead_of(assessment: object) -> Client:
    lead = lead_of(assessment)  # type: ignore[arg-type]  # an assessment; a factory's row
    _, token = create_token(lead, "test", actor=lead)
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_the_list_has_what_was_published_newest_first(
    api: Client, publication: Publication, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assessment = publication.assessment
    answered(assessment.responses.get(requirement__ref="1.1.3"), text="More words.")
    assessment.refresh_from_db()
    newer = published(assessment)

    with django_assert_num_queries(6):
        body = api.get(f"/api/v1/assessments/{assessment.public_id}/publications/").json()

    assert [one["id"] for one in body["results"]] == [newer.public_id, publication.public_id]
    assert body["results"][0]["level_name"] == "Standards Met"
    assert body["results"][0]["entered_on"] is None


def test_the_answers_give_the_hash_that_comes_with_them(
    api: Client, publication: Publication
) -> None:
    body = api.get(f"/api/v1/publications/{publication.public_id}/").json()

    text = json.dumps(body["answers"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == body["answers_sha256"]
    assert body["sites"][0]["name"] == str(publication.assessment.site)


@pytest.mark.parametrize(
    ("query", "starts"), [("", b"PK"), ("?kind=xlsx", b"PK"), ("?kind=csv", b"Reference,")]
)
def test_the_spreadsheet_is_given_and_that_is_recorded(
    api: Client, publication: Publication, query: str, starts: bytes
) -> None:
    answer = api.get(f"/api/v1/publications/{publication.public_id}/export/{query}")

    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it streams
    assert content.startswith(starts)
    assert events_about("publication", publication.public_id).count() == 1


def test_another_kind_of_file_is_a_problem_in_words(api: Client, publication: Publication) -> None:
    answer = api.get(f"/api/v1/publications/{publication.public_id}/export/?kind=pdf")
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Choose one of: xlsx, csv."
    assert not events_about("publication", publication.public_id).exists()


def test_somebody_of_another_site_finds_nothing(publication: Publication) -> None:
    stranger = as_lead_of(AssessmentFactory.create())
    for address in (
        f"assessments/{publication.assessment.public_id}/publications/",
        f"publications/{publication.public_id}/",
        f"publications/{publication.public_id}/export/",
    ):
        assert stranger.get(f"/api/v1/{address}").status_code == 404, address
