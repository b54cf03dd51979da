"""What is left of a file that was disposed of, wherever somebody looks for it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from evidence_review.evidence.models import Evidence
from evidence_review.retention.actions.dispose import dispose
from evidence_review.retention.models import Disposal
from portal.people.actions.token import create_token
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.retention.conftest import out_of_use
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
WHY = "Its period is over."


@pytest.fixture
def at_desk(client: Client, lead: User) -> Client:
    """A browser in which the IG lead is signed in."""
    client.force_login(lead)
    return client


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def gone(lead: User) -> Disposal:
    """A disposal of yesterday's making."""
    version = out_of_use(title="Fire drill", content=b"who was there")
    return dispose(version.public_id, actor=lead, reason=WHY)


def test_the_certificate_is_on_the_evidences_page_to_read_and_as_a_pdf(
    at_desk: Client, gone: Disposal
) -> None:
    version = gone.version
    address = f"/evidence/versions/{version.public_id}/certificate/"
    for page in (
        f"/evidence/{version.evidence.public_id}/",
        f"/admin/evidence/{version.evidence.public_id}/",
    ):
        shown = at_desk.get(page)
        assert address in shown.content.decode()
        assert "This file was disposed of on" in text(shown)
        assert "Disposed of" in text(shown)
    certificate = text(at_desk.get(address))
    for words in ("Fire drill", WHY, "20 years from", gone.sha256[:8], "Number "):
        assert words in certificate
    pdf = at_desk.get(f"/evidence/versions/{version.public_id}/certificate.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf.content
    assert pdf.content == at_desk.get(pdf.wsgi_request.path).content


def test_a_certificate_with_signs_of_every_script_is_still_made(
    at_desk: Client, lead: User
) -> None:
    version = out_of_use(title="Übung 消防 \u202e\u200f🔥")
    dispose(version.public_id, actor=lead, reason="Löschen\n火")
    assert at_desk.get(f"/evidence/versions/{version.public_id}/certificate.pdf").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/evidence/versions/{}/download/",
        "/evidence/versions/{}/preview/",
        "/admin/evidence/versions/{}/download/",
    ],
)
def test_asking_for_the_file_says_when_it_went(
    at_desk: Client, gone: Disposal, address: str
) -> None:
    answer = at_desk.get(address.format(gone.version.public_id))
    assert answer.status_code == 410
    assert "This file was disposed of on" in text(answer)
    assert "under the retention rule for “Document”" in text(answer)


def test_the_api_says_the_same(client: Client, gone: Disposal, lead: User) -> None:
    _, secret = create_token(lead, "test", actor=lead)
    headers = {"Authorization": f"Bearer {secret}"}
    path = f"/api/v1/versions/{gone.version.public_id}/"
    body = client.get(path, headers=headers).json()
    assert body["state"] == "disposed"
    assert body["reasons"][0].startswith("This file was disposed of on")
    answer = client.get(f"{path}download/", headers=headers)
    assert answer.status_code == 410
    assert "disposed of" in answer.content.decode()


def test_the_next_version_may_be_uploaded_and_the_rest_of_the_page_works(
    at_desk: Client, gone: Disposal
) -> None:
    evidence = Evidence.objects.get()
    assert at_desk.get(f"/evidence/{evidence.public_id}/versions/add/").status_code == 200
    assert at_desk.get("/evidence/?state=disposed").content.decode().count("Fire drill") >= 1
    decide = at_desk.get(f"/admin/evidence/review/{gone.version.public_id}/")
    assert "There is nothing to decide any more." in text(decide)


def test_disposals_are_listed_and_exported(at_desk: Client, gone: Disposal) -> None:
    assert "Fire drill, version 1" in text(at_desk.get("/admin/retention/disposals/"))
    exported: Any = at_desk.get("/admin/retention/disposals/?export=csv")
    sheet = b"".join(exported.streaming_content)
    assert gone.sha256.encode() in sheet
    assert b"20 years from the day it was replaced or withdrawn" in sheet


def test_the_menu_shows_each_what_is_theirs(
    at_desk: Client, sign_in_as: Callable[[Role], Client]
) -> None:
    assert "retention" in at_desk.get("/admin/").content.decode()
    assert "/admin/retention/" not in sign_in_as(Role.EDITOR).get("/admin/").content.decode()


@pytest.fixture
def sign_in_as() -> Callable[[Role], Client]:
    """Give a browser in which somebody with a role is signed in."""

    def _sign_in(role: Role) -> Client:
        browser = Client()
        browser.force_login(PersonFactory(role=role))
        return browser

    return _sign_in
