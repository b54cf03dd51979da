"""A person presses "Check it again"."""

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence_review.evidence.states import TransitionRefused, VersionState
from evidence_review.scanning.actions.check_version import CHECK_TASK, check_version
from evidence_review.scanning.actions.retry_check import retry_check
from evidence_review.scanning.models import VersionCheck
from portal.people.answers import NotPermitted
from portal.people.roles import Role
from tests.evidence_review.scanning import doubles
from tests.evidence_review.scanning.reading import verbs_of
from tests.factories import PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(upload, scanner, settings):
    """A version whose check was tried six times and given up."""
    settings.SCANNER = doubles.FAILING
    settings.CHECK_RETRY_SECONDS = [0] * 5
    version = upload()
    for _ in range(6):
        VersionCheck.objects.update(next_attempt_at=timezone.now())
        check_version(version.public_id)
    settings.SCANNER = doubles.CLEAN
    version.refresh_from_db()
    assert version.state == VersionState.CHECK_FAILED
    return version


def test_a_failed_check_can_be_made_again_from_the_start(failed, run_jobs) -> None:
    run_jobs()
    retry_check(failed.public_id, actor=failed.uploaded_by)
    assert VersionCheck.objects.get().attempts == 0
    assert run_jobs() == [CHECK_TASK]
    failed.refresh_from_db()
    assert failed.state == VersionState.IN_REVIEW
    assert verbs_of(failed) == [
        "version.check_failed",
        "version.check_retried",
        "version.submitted",
    ]


def test_only_those_who_may_upload_for_the_site_may_ask(failed) -> None:
    for outsider in (
        PersonFactory.create(role=Role.STAFF),
        PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create()),
    ):
        with pytest.raises(NotPermitted):
            retry_check(failed.public_id, actor=outsider)
    failed.refresh_from_db()
    assert failed.state == VersionState.CHECK_FAILED


def test_pressing_twice_is_refused_the_second_time(failed) -> None:
    retry_check(failed.public_id, actor=failed.uploaded_by)
    with pytest.raises(TransitionRefused):
        retry_check(failed.public_id, actor=failed.uploaded_by)
    assert verbs_of(failed).count("version.check_retried") == 1


def test_the_button_lets_the_file_wait_again_and_says_so(failed, client) -> None:
    client.force_login(failed.uploaded_by)
    address = reverse("scanning:retry", args=[failed.public_id])
    answer = client.post(address, follow=True)
    assert "The file will be checked again." in [str(m) for m in answer.context["messages"]]
    failed.refresh_from_db()
    assert failed.state == VersionState.WAITING
    again = client.post(address, follow=True)
    assert "no longer possible" in " ".join(str(m) for m in again.context["messages"])


def test_the_button_is_a_post_for_people_who_may_see_the_evidence(failed, client) -> None:
    address = reverse("scanning:retry", args=[failed.public_id])
    assert client.post(address).status_code == 302
    client.force_login(PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create()))
    assert client.post(address).status_code == 404
    client.force_login(failed.uploaded_by)
    assert client.get(address).status_code == 405
    failed.refresh_from_db()
    assert failed.state == VersionState.CHECK_FAILED
