"""Decisions over the API: the same rules, and a conflict for what was not looked at."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from evidence_review.evidence.models import EvidenceVersion
from portal.people.actions.token import create_token
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import PersonFactory, SiteFactory, VersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clamd")]


@pytest.fixture
def ig_lead() -> User:
    return PersonFactory.create(role=Role.IG_LEAD)


@pytest.fixture
def api(client: Client, ig_lead: User) -> Client:
    _, token = create_token(ig_lead, "test", actor=ig_lead)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def _decide(
    api: Client, version: EvidenceVersion, outcome: str, **more: str
) -> tuple[int, dict[str, Any]]:
    form = {"outcome": outcome, "sha256": version.sha256} | more
    url = f"/api/v1/versions/{version.public_id}/decisions/"
    answer = api.post(url, form, content_type="application/json")
    return answer.status_code, answer.json()


def test_an_ig_lead_approves_what_was_looked_at(api: Client, clamd: Path) -> None:
    version = VersionFactory.create()
    status, body = _decide(api, version, "approve")
    assert (status, body["state"]) == (201, "approved")


def test_returning_needs_a_reason(api: Client) -> None:
    version = VersionFactory.create()
    assert _decide(api, version, "return")[0] == 400
    status, body = _decide(api, version, "return", reason="The date is missing.")
    assert (status, body["state"]) == (201, "returned")
    assert body["reasons"][0] == "The date is missing."


def test_other_bytes_than_those_looked_at_are_a_conflict(api: Client) -> None:
    version = VersionFactory.create()
    status, body = _decide(api, version, "approve", sha256="f" * 64)
    assert status == 409
    assert "not the file you looked at" in body["detail"]


def test_deciding_twice_is_a_conflict(api: Client) -> None:
    version = VersionFactory.create()
    _decide(api, version, "approve")
    assert _decide(api, version, "approve")[0] == 409


def test_what_one_uploaded_is_not_ones_own_to_approve(api: Client, ig_lead: User) -> None:
    version = VersionFactory.create(uploaded_by=ig_lead)
    status, body = _decide(api, version, "approve")
    assert status == 403
    assert body["detail"]


def test_what_has_not_passed_its_check_cannot_be_approved(api: Client) -> None:
    assert _decide(api, VersionFactory.create(waiting=True), "approve")[0] == 409


def test_a_contributor_cannot_decide_and_a_stranger_to_the_site_finds_nothing(
    client: Client,
) -> None:
    version = VersionFactory.create()
    for site, status in ((version.evidence.site, 403), (SiteFactory.create(), 404)):
        person = PersonFactory.create(role=Role.CONTRIBUTOR, site=site)
        _, token = create_token(person, "test", actor=person)
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        assert _decide(client, version, "approve")[0] == status


@pytest.mark.parametrize("outcome", ["", "accept", "delete"])
def test_an_outcome_nobody_knows_is_refused(api: Client, outcome: str) -> None:
    assert _decide(api, VersionFactory.create(), outcome)[0] == 400
