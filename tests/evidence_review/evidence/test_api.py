"""The evidence API: the same answers as the screens, in the shape the description gives."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from evidence_review.evidence.models import EvidenceVersion
from portal.people.actions.token import create_token, revoke_token
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
    site_of,
)

pytestmark = pytest.mark.django_db
TEXT = b"Minutes of the meeting of 3 October\n"


@pytest.fixture
def contributor() -> User:
    return PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create())


@pytest.fixture
def api(client: Client, contributor: User) -> Client:
    _, token = create_token(contributor, "test", actor=contributor)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def _form(person: User, content: bytes = TEXT, name: str = "minutes.txt", **more: Any) -> Any:
    return {
        "title": "Minutes",
        "site": site_of(person).public_id,
        "file": SimpleUploadedFile(name, content),
    } | more


def test_an_upload_answers_with_the_version_and_its_hash(api: Client, contributor: User) -> None:
    requirement = RequirementFactory.create(edition__in_use=True)
    form = _form(contributor, requirements=requirement.code, review_date="2027-06-30")
    answer = api.post("/api/v1/evidence/", form)
    body = answer.json()
    version = EvidenceVersion.objects.get()
    assert answer.status_code == 201
    assert body["id"] == version.evidence.public_id
    assert body["version"]["sha256"] == version.sha256
    assert body["version"]["number"] == 1
    assert body["version"]["state"] == "waiting"
    assert list(version.evidence.requirements.all()) == [requirement]


def test_requirements_are_optional(api: Client, contributor: User) -> None:
    assert api.post("/api/v1/evidence/", _form(contributor)).status_code == 201


def test_an_idempotency_key_makes_a_repeat_harmless(api: Client, contributor: User) -> None:
    headers = {"Idempotency-Key": "2026-11-22/1"}
    answers = [
        api.post("/api/v1/evidence/", _form(contributor), headers=headers).json() for _ in "12"
    ]
    assert answers[0]["id"] == answers[1]["id"]
    assert EvidenceVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"requirements": "dspt-v8:99.9"}, 400, "No such requirement: dspt-v8:99.9"),
        ({"site": "nowhere"}, 400, "You may not upload for a site with this id"),
        ({"title": ""}, 400, "may not be blank"),
        ({"period_start": "2026-02-02", "period_end": "2026-01-01"}, 400, "must be after"),
        ({"review_date": "31 June"}, 400, "wrong format"),
        ({"file": SimpleUploadedFile("empty.pdf", b"")}, 422, "The selected file is empty"),
    ],
)
def test_bad_input_is_a_problem_in_plain_words(
    api: Client, contributor: User, change: dict[str, Any], status: int, words: str
) -> None:
    answer = api.post("/api/v1/evidence/", _form(contributor) | change)
    body = answer.json()
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert body["status"] == status
    assert words in body["detail"]
    assert not EvidenceVersion.objects.exists()


def test_a_file_is_required(api: Client, contributor: User) -> None:
    form = _form(contributor)
    del form["file"]
    answer = api.post("/api/v1/evidence/", form)
    assert answer.json()["errors"][0]["field"] == "file"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Bearer a b", "Basic abc"])
def test_without_a_good_token_there_is_nothing_but_a_challenge(client: Client, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    answer = client.get("/api/v1/evidence/", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_revoked_token_and_one_of_somebody_who_left_are_refused(
    api: Client, contributor: User
) -> None:
    assert api.get("/api/v1/sites/").status_code == 200
    contributor.is_active = False
    contributor.save()
    assert api.get("/api/v1/sites/").status_code == 401
    contributor.is_active = True
    contributor.save()
    revoke_token(contributor.api_tokens.get(), actor=contributor)
    assert api.get("/api/v1/sites/").status_code == 401


def test_another_sites_evidence_is_not_found(api: Client) -> None:
    other = VersionFactory.create(approved=True, stored=True)
    for path in (
        f"evidence/{other.evidence.public_id}/",
        f"versions/{other.public_id}/",
        f"versions/{other.public_id}/download/",
    ):
        answer = api.get(f"/api/v1/{path}")
        assert answer.status_code == 404
        assert answer.json()["detail"] == "There is nothing here, or you may not see it."


def test_a_download_takes_ranges_and_is_written_down(api: Client, contributor: User) -> None:
    site = site_of(contributor)
    version = VersionFactory.create(approved=True, evidence__site=site, content=TEXT, stored=True)
    url = f"/api/v1/versions/{version.public_id}/download/"
    answer = api.get(url, headers={"Range": "bytes=0-6"})
    assert (answer.status_code, b"".join(answer)) == (206, b"Minutes")
    assert Event.objects.filter(verb="version.downloaded").count() == 1


def test_a_version_says_why_it_came_back(api: Client, contributor: User) -> None:
    site = site_of(contributor)
    version = VersionFactory.create(infected=True, evidence__site=site)
    body = api.get(f"/api/v1/versions/{version.public_id}/").json()
    assert body["state"] == "infected"
    assert body["verdict"] == "infected"
    assert body["reasons"][0] == "The selected file contains a virus"


@pytest.mark.parametrize("many", [2, 30])
def test_the_list_costs_the_same_for_few_and_for_many(
    api: Client,
    contributor: User,
    many: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    site = site_of(contributor)
    for _ in range(many):
        VersionFactory.create(returned=True, evidence__site=site)
    api.get("/api/v1/evidence/")
    with django_assert_max_num_queries(10):
        body = api.get("/api/v1/evidence/").json()
    assert body["count"] == many


def test_the_list_is_filtered(api: Client, contributor: User) -> None:
    site = site_of(contributor)
    requirement = RequirementFactory.create()
    VersionFactory.create(evidence__site=site, evidence__requirements=[requirement], approved=True)
    VersionFactory.create(evidence__site=site)
    for query in (f"requirement={requirement.code}", "state=approved"):
        assert api.get(f"/api/v1/evidence/?{query}").json()["count"] == 1
    assert api.get("/api/v1/evidence/?state=nonsense").status_code == 400


def test_sites_are_those_of_the_person(api: Client, contributor: User) -> None:
    SiteFactory.create()
    rows = api.get("/api/v1/sites/").json()["results"]
    assert [row["id"] for row in rows] == [site_of(contributor).public_id]


def test_nothing_is_kept_of_a_file_that_somebody_may_not_upload(
    client: Client, bytes_dir: Path
) -> None:
    evidence = EvidenceFactory.create()
    reader = PersonFactory.create(role=Role.GROUP_MANAGER)
    _, token = create_token(reader, "test", actor=reader)
    for address in ("/api/v1/evidence/", f"/api/v1/evidence/{evidence.public_id}/versions/"):
        form = {"title": "Minutes", "site": "all", "file": SimpleUploadedFile("a.txt", TEXT)}
        answer = client.post(address, form, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 403
    assert [path for path in bytes_dir.rglob("*") if path.is_file()] == []
