"""Correcting details and links: who may, what is written down, who then may not approve."""

import pytest

from evidence_review.evidence.actions.change_details import (
    change_details,
    link_requirements,
    unlink_requirements,
)
from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.queries import editors_since_last_approval
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


def _details(evidence: Evidence, **changed: object) -> EvidenceDetails:
    now = {
        name: getattr(evidence, name)
        for name in ("title", "type", "site", "claim", "period_start", "period_end", "review_date")
    }
    return EvidenceDetails(**(now | changed))


@pytest.fixture
def evidence() -> Evidence:
    return EvidenceFactory.create(title="Fire drill")


@pytest.fixture
def colleague(evidence: Evidence) -> User:
    return PersonFactory.create(role=Role.CONTRIBUTOR, site=evidence.site)


def test_a_correction_keeps_old_and_new_in_the_history(evidence: Evidence, colleague: User) -> None:
    change_details(evidence, _details(evidence, title="Fire drill, May"), actor=colleague)
    event = Event.objects.get()
    assert event.verb == "evidence.changed"
    assert event.detail_data["changes"] == {"title": ["Fire drill", "Fire drill, May"]}
    assert evidence.history.count() == 2


def test_changing_nothing_writes_nothing(evidence: Evidence, colleague: User) -> None:
    change_details(evidence, _details(evidence), actor=colleague)
    assert not Event.objects.exists()
    assert evidence.history.count() == 1


def test_evidence_cannot_be_moved_to_a_site_the_person_does_not_work_for(
    evidence: Evidence, colleague: User
) -> None:
    with pytest.raises(NotPermitted):
        change_details(evidence, _details(evidence, site=SiteFactory.create()), actor=colleague)


def test_linking_and_unlinking_leave_one_event_each(evidence: Evidence, colleague: User) -> None:
    one, two = RequirementFactory.create(), RequirementFactory.create()
    assert link_requirements(evidence, [one, two], actor=colleague) == [one, two]
    assert link_requirements(evidence, [one], actor=colleague) == []
    assert unlink_requirements(evidence, [two], actor=colleague) == [two]
    assert unlink_requirements(evidence, [two], actor=colleague) == []
    verbs = Event.objects.order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["evidence.linked", "evidence.unlinked"]


def test_whoever_corrected_or_linked_counts_as_an_editor(
    evidence: Evidence, colleague: User
) -> None:
    linker = PersonFactory.create(role=Role.CONTRIBUTOR, site=evidence.site)
    change_details(evidence, _details(evidence, claim="We drill"), actor=colleague)
    link_requirements(evidence, [RequirementFactory.create()], actor=linker)
    assert editors_since_last_approval(evidence) == {
        evidence.created_by_id,
        colleague.pk,
        linker.pk,
    }


def test_editors_before_the_last_approval_do_not_count(evidence: Evidence) -> None:
    VersionFactory.create(approved=True, evidence=evidence)
    assert editors_since_last_approval(evidence) == set()


def test_approved_evidence_is_not_corrected_by_contributors(
    evidence: Evidence, colleague: User
) -> None:
    VersionFactory.create(approved=True, evidence=evidence)
    with pytest.raises(NotPermitted, match="approved"):
        change_details(evidence, _details(evidence, claim="Better"), actor=colleague)


def test_approved_evidence_is_corrected_by_an_ig_lead_who_did_not_upload_it(
    evidence: Evidence,
) -> None:
    uploader, other = (
        PersonFactory.create(role=Role.IG_LEAD),
        PersonFactory.create(role=Role.IG_LEAD),
    )
    VersionFactory.create(approved=True, evidence=evidence, uploaded_by=uploader)
    with pytest.raises(NotPermitted, match="another IG lead"):
        change_details(evidence, _details(evidence, claim="Better"), actor=uploader)
    assert change_details(evidence, _details(evidence, claim="Better"), actor=other).claim
