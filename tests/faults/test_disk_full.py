"""A full disk, wherever it is met: a clear sentence, and nothing half kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from evidence_review.evidence.models import EvidenceType, EvidenceVersion
from evidence_review.evidence.storage import byte_store
from portal.people.actions.token import create_token
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import PersonFactory, SiteFactory, VersionFactory, site_of

pytestmark = pytest.mark.django_db
TEXT = b"Minutes of the meeting of 3 October\n"


@pytest.fixture
def contributor() -> User:
    return PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create())


@pytest.fixture
def kept_before() -> EvidenceVersion:
    return VersionFactory.create(stored=True)


@pytest.fixture(params=["writing", "before_link"])
def full_disk(
    request: pytest.FixtureRequest, settings: Settings, kept_before: EvidenceVersion
) -> None:
    settings.FAULT_HOOK = f"tests.faults.hooks.disk_full_{request.param}"


@pytest.mark.usefixtures("full_disk")
def test_the_page_says_that_nothing_was_saved_and_keeps_what_was_typed(
    client: Client, contributor: User, kept_before: EvidenceVersion
) -> None:
    client.force_login(contributor)
    form = {
        "title": "Minutes of October",
        "site": site_of(contributor).public_id,
        "type": EvidenceType.objects.get(code="minutes").pk,
        "upload_key": "1",
        "files": SimpleUploadedFile("minutes.txt", TEXT),
    }
    page = client.post(reverse("evidence:add"), form)
    html = page.content.decode()
    assert "The file could not be kept" in html
    assert "Minutes of October" in html
    assert EvidenceVersion.objects.get() == kept_before
    assert byte_store().exists(kept_before.sha256)
    assert not Event.objects.exists()


@pytest.mark.usefixtures("full_disk")
def test_the_api_answers_503(client: Client, contributor: User) -> None:
    _, token = create_token(contributor, "test", actor=contributor)
    form = {
        "title": "Minutes",
        "site": site_of(contributor).public_id,
        "file": SimpleUploadedFile("minutes.txt", TEXT),
    }
    answer = client.post("/api/v1/evidence/", form, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 503
    assert "Nothing was saved" in answer.json()["detail"]
    assert not EvidenceVersion.objects.filter(uploaded_by=contributor).exists()
