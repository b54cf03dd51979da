"""Certificates on the screen: the list, adding one, correcting one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.models import Assessment, Certificate
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.states import VersionState
from portal.people.roles import Role
from tests.evidence_review.assessments.publishable import lead_of, ready
from tests.factories import AssessmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    return ready()


@pytest.fixture
def lead(client: Client, assessment: Assessment) -> Client:
    client.force_login(lead_of(assessment))
    return client


def days(starts: int, ends: int) -> dict[str, str]:
    year = timezone.localdate().year
    return {
        "name": "Cyber Essentials Plus",
        "number": "CEP-1",
        "starts_day": "1",
        "starts_month": "1",
        "starts_year": str(year + starts),
        "ends_day": "31",
        "ends_month": "12",
        "ends_year": str(year + ends),
    }


def test_a_certificate_is_added_listed_and_corrected(lead: Client, assessment: Assessment) -> None:
    page = f"/assessment/{assessment.public_id}/certificates/"
    assert "No certificate is kept yet" in lead.get(page).text

    assert lead.post(page + "add/", days(0, 0)).status_code == 302
    certificate = Certificate.objects.get()
    assert "Valid" in lead.get(page).text
    assert "CEP-1" in lead.get(f"{page}{certificate.pk}/").text

    assert lead.post(f"{page}{certificate.pk}/", days(-3, -2)).status_code == 302
    assert "Ended" in lead.get(page).text


def test_the_list_asks_as_often_for_many_as_for_few(
    lead: Client, assessment: Assessment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = f"/assessment/{assessment.public_id}/certificates/"
    for _ in range(30):
        lead.post(page + "add/", days(0, 0))
    with django_assert_num_queries(7):
        lead.get(page)


def test_days_the_wrong_way_round_are_told(lead: Client, assessment: Assessment) -> None:
    answer = lead.post(f"/assessment/{assessment.public_id}/certificates/add/", days(1, 0))
    assert answer.status_code == 400
    assert "The last day must not be before the first day." in answer.text
    assert not Certificate.objects.exists()


def test_a_certificate_no_level_asks_for_is_not_taken(lead: Client, assessment: Assessment) -> None:
    answer = lead.post(
        f"/assessment/{assessment.public_id}/certificates/add/", days(0, 0) | {"name": "ISO 9001"}
    )
    assert answer.status_code == 400


def test_an_edition_that_asks_for_none_says_so(client: Client) -> None:
    assessment = AssessmentFactory.create()
    client.force_login(lead_of(assessment))
    text = client.get(f"/assessment/{assessment.public_id}/certificates/").text
    assert "No level of this edition asks for a certificate." in text


def test_a_reader_sees_them_and_keeps_none(client: Client, assessment: Assessment) -> None:
    client.force_login(PersonFactory.create(role=Role.GROUP_MANAGER))
    page = f"/assessment/{assessment.public_id}/certificates/"
    assert client.get(page).status_code == 200
    assert client.get(page + "add/").status_code == 403
    assert client.post(page + "add/", days(0, 0)).status_code == 403


def test_the_file_may_be_uploaded_beside_it(
    lead: Client, assessment: Assessment, bytes_dir: object
) -> None:
    file = SimpleUploadedFile("plus.txt", b"Certificate of assurance, valid for a year")
    page = f"/assessment/{assessment.public_id}/certificates/"

    assert lead.post(page + "add/", days(0, 0) | {"file": file}).status_code == 302

    kept = Certificate.objects.get().evidence
    assert kept is not None
    assert (kept.title, kept.type.code, kept.site) == (
        "Cyber Essentials Plus certificate",
        "certificate",
        assessment.site,
    )
    assert kept.versions.get().state == VersionState.WAITING


def test_neither_is_kept_when_one_is_refused(
    lead: Client, assessment: Assessment, bytes_dir: object
) -> None:
    page = f"/assessment/{assessment.public_id}/certificates/add/"
    good = SimpleUploadedFile("plus.txt", b"Certificate of assurance, valid for a year")
    empty = SimpleUploadedFile("plus.txt", b"")
    before = Evidence.objects.count()

    assert "The last day must not be" in lead.post(page, days(1, 0) | {"file": good}).text
    assert "The selected file is empty" in lead.post(page, days(0, 0) | {"file": empty}).text

    assert (Evidence.objects.count(), Certificate.objects.count()) == (before, 0)
