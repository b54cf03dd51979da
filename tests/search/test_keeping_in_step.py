"""The index holds what is true, the moment it is true, and nothing else."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction

from evidence_review.evidence.actions.change_details import link_requirements, unlink_requirements
from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.queries import lock_version
from evidence_review.evidence.states import VersionVerb
from evidence_review.extraction.models import ExtractedText
from evidence_review.extraction.outcomes import Outcome
from evidence_review.review.actions.approve import approve
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.record.verbs import Verb
from search import labels, receivers
from search.invariants import index_says_what_is_true
from search.models import Kind, SearchDocument
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scanner")]


@pytest.fixture
def lead(db: None) -> User:
    return PersonFactory.create(role=Role.IG_LEAD)


@pytest.fixture
def approved(lead: User) -> EvidenceVersion:
    version = VersionFactory.create(
        evidence__title="Fire drill of October", in_review=True, stored=True
    )
    approve(version.public_id, actor=lead, sha256_seen=version.sha256)
    version.refresh_from_db()
    return version


@pytest.fixture(autouse=True)
def in_step_at_the_end() -> Iterator[None]:
    """Whatever a test did, index and truth agree after it."""
    yield
    assert not list(index_says_what_is_true())


def held(evidence: Evidence) -> SearchDocument | None:
    return SearchDocument.objects.filter(kind=Kind.EVIDENCE, object_key=evidence.pk).first()


def test_evidence_can_be_found_once_it_is_approved_and_not_before(lead: User) -> None:
    version = VersionFactory.create(in_review=True, stored=True)
    assert held(version.evidence) is None

    approve(version.public_id, actor=lead, sha256_seen=version.sha256)

    document = held(version.evidence)
    assert document is not None
    assert document.title == version.evidence.title


def test_what_is_withdrawn_is_gone_in_the_same_transaction(
    approved: EvidenceVersion, lead: User
) -> None:
    with transaction.atomic():
        transition(
            lock_version(approved.public_id),
            VersionVerb.WITHDRAW,
            actor=lead,
            record_verb=Verb.VERSION_WITHDRAWN,
        )
        assert held(approved.evidence) is None


def test_an_approval_that_is_undone_leaves_nothing_to_be_found(lead: User) -> None:
    version = VersionFactory.create(in_review=True, stored=True)

    with transaction.atomic():
        approve(version.public_id, actor=lead, sha256_seen=version.sha256)
        transaction.set_rollback(True)

    assert held(version.evidence) is None


def test_the_text_inside_is_looked_through_as_soon_as_it_is_kept(
    approved: EvidenceVersion,
) -> None:
    ExtractedText.objects.update_or_create(
        sha256=approved.sha256,
        defaults={
            "extension": "pdf",
            "made_by": "1",
            "outcome": Outcome.DONE,
            "text": "Everybody stood at the assembly point.",
        },
    )
    receivers.text_kept(approved.sha256)

    document = held(approved.evidence)
    assert document is not None
    assert "assembly point" in document.body


def test_requirements_are_followed(approved: EvidenceVersion, lead: User) -> None:
    requirement = RequirementFactory.create()
    label = labels.of_requirement(requirement.pk)

    link_requirements(approved.evidence, [requirement], actor=lead)
    linked = held(approved.evidence)
    unlink_requirements(approved.evidence, [requirement], actor=lead)
    unlinked = held(approved.evidence)

    assert linked is not None
    assert unlinked is not None
    assert label in linked.labels.split()
    assert label not in unlinked.labels.split()


def test_a_policy_can_be_found_while_it_is_in_force(phones: PolicyPage, approver: User) -> None:
    rows = SearchDocument.objects.filter(kind=Kind.POLICY)
    assert [row.title for row in rows] == ["Using your own phone"]

    phones.unpublish(user=approver)

    assert not rows.all().exists()


def test_a_rebuild_puts_right_whatever_is_wrong(
    approved: EvidenceVersion, phones: PolicyPage
) -> None:
    SearchDocument.objects.filter(kind=Kind.POLICY).delete()
    SearchDocument.objects.filter(kind=Kind.EVIDENCE).update(title="Something else", object_key=0)
    assert len(list(index_says_what_is_true())) == 3

    call_command("rebuild_search", verbosity=0)

    assert SearchDocument.objects.count() == 2


def test_the_look_of_the_night_sees_rights_that_are_wrong(approved: EvidenceVersion) -> None:
    SearchDocument.objects.update(labels="§ea0 §es0 §k2")
    assert len(list(index_says_what_is_true())) == 1

    call_command("rebuild_search", "--empty", verbosity=0)


def test_what_is_approved_anew_is_the_youngest(lead: User) -> None:
    older, younger = (
        VersionFactory.create(evidence=EvidenceFactory.create(site=SiteFactory.create()))
        for _ in range(2)
    )
    for version in (younger, older):
        approve(version.public_id, actor=lead, sha256_seen=version.sha256)

    newest = SearchDocument.objects.order_by("-pk")[0]
    assert newest.object_key == older.evidence_id
