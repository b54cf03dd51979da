"""The upload actions: what they keep, refuse, and write in the record."""

import hashlib
from typing import Any

import pytest
from django.db import transaction
from django_q.models import OrmQ

from evidence_review.evidence.actions.upload import (
    Upload,
    UploadConflict,
    add_evidence,
    add_version,
)
from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.intake import KeptFile
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import VersionState
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    EvidenceTypeFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
    site_of,
)

pytestmark = pytest.mark.django_db


def _upload(content: bytes = b"%PDF-1.7 minutes", **more: Any) -> Upload:
    kept = KeptFile(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type="application/pdf",
        extension="pdf",
        original_name="minutes.pdf",
    )
    return Upload(file=kept, **more)


def _details(person: User, **more: Any) -> EvidenceDetails:
    site = site_of(person)
    values: dict[str, Any] = {
        "title": "Minutes of October",
        "type": EvidenceTypeFactory.create(),
        "site": site,
    }
    return EvidenceDetails(**(values | more))


@pytest.fixture
def contributor() -> User:
    return PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create())


def test_an_upload_becomes_an_evidence_whose_first_version_waits(contributor: User) -> None:
    requirement = RequirementFactory.create()
    version = add_evidence(_upload(), _details(contributor), [requirement], actor=contributor)
    assert version.state == VersionState.WAITING
    assert version.number == 1
    assert list(version.evidence.requirements.all()) == [requirement]
    assert version.evidence.owner == contributor


def test_an_upload_leaves_two_events_in_order_and_one_job(contributor: User) -> None:
    version = add_evidence(_upload(), _details(contributor), [], actor=contributor)
    events = Event.objects.order_by("seq").values_list("verb", "object_version", "sha256")
    assert list(events) == [
        ("evidence.created", 0, ""),
        ("version.uploaded", 1, version.sha256),
    ]
    assert OrmQ.objects.count() == 1


def test_titles_and_file_names_stay_out_of_the_sealed_bytes(contributor: User) -> None:
    add_evidence(_upload(), _details(contributor), [], actor=contributor)
    for event in Event.objects.all():
        assert b"Minutes" not in bytes(event.body)
        assert b"minutes.pdf" not in bytes(event.body)


@pytest.mark.parametrize(
    "role", [Role.STAFF, Role.EDITOR, Role.GROUP_MANAGER, Role.PORTAL_ADMIN], ids=str
)
def test_other_roles_cannot_upload(role: Role) -> None:
    person = PersonFactory.create(role=role, site=SiteFactory.create())
    with pytest.raises(NotPermitted):
        add_evidence(_upload(), _details(person), [], actor=person)
    assert not Evidence.objects.exists()
    assert not Event.objects.exists()


def test_a_contributor_of_one_site_cannot_upload_for_another_or_for_all(contributor: User) -> None:
    for site in (SiteFactory.create(), None):
        with pytest.raises(NotPermitted):
            add_evidence(_upload(), _details(contributor, site=site), [], actor=contributor)


def test_the_same_key_twice_is_one_upload(contributor: User) -> None:
    first = add_evidence(_upload(key="k1"), _details(contributor), [], actor=contributor)
    again = add_evidence(_upload(key="k1"), _details(contributor), [], actor=contributor)
    assert again == first
    assert Evidence.objects.count() == 1
    assert Event.objects.count() == 2
    assert OrmQ.objects.count() == 1


def test_somebody_elses_key_is_refused(contributor: User) -> None:
    add_evidence(_upload(key="k1"), _details(contributor), [], actor=contributor)
    other = PersonFactory.create(role=Role.CONTRIBUTOR, site=site_of(contributor))
    with pytest.raises(UploadConflict):
        add_evidence(_upload(key="k1"), _details(other), [], actor=other)


def test_other_bytes_under_the_same_key_are_refused(contributor: User) -> None:
    add_evidence(_upload(key="k1"), _details(contributor), [], actor=contributor)
    with pytest.raises(UploadConflict):
        add_evidence(_upload(b"%PDF other", key="k1"), _details(contributor), [], actor=contributor)


def test_versions_are_numbered_one_after_another(contributor: User) -> None:
    first = add_evidence(_upload(), _details(contributor), [], actor=contributor)
    second = add_version(
        _upload(b"%PDF two", change_note="Page 2"), first.evidence, actor=contributor
    )
    assert (second.number, second.change_note) == (2, "Page 2")


def test_the_very_file_that_is_there_already_is_refused_as_a_new_version(
    contributor: User,
) -> None:
    first = add_evidence(_upload(), _details(contributor), [], actor=contributor)
    with pytest.raises(UploadConflict, match="same file as version 1"):
        add_version(_upload(), first.evidence, actor=contributor)


def test_the_same_file_may_come_again_after_it_was_returned(contributor: User) -> None:
    site = site_of(contributor)
    returned = VersionFactory.create(returned=True, evidence__site=site, content=b"%PDF same")
    version = add_version(_upload(b"%PDF same"), returned.evidence, actor=contributor)
    assert version.number == returned.number + 1


def test_nothing_is_left_when_the_transaction_fails(contributor: User) -> None:
    with transaction.atomic():
        add_evidence(_upload(), _details(contributor), [], actor=contributor)
        transaction.set_rollback(True)
    assert not EvidenceVersion.objects.exists()
    assert not Event.objects.exists()
    assert not OrmQ.objects.exists()
