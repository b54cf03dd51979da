"""Answers follow their evidence at once, in the same transaction."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from evidence_review.assessments.actions.start import start_assessment
from evidence_review.assessments.invariants import standing_follows_from_the_evidence
from evidence_review.assessments.models import Assessment, Coverage, Response
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Tally
from evidence_review.evidence.actions.change_details import (
    change_details,
    link_requirements,
    unlink_requirements,
)
from evidence_review.evidence.details import EvidenceDetails
from evidence_review.review.actions.approve import approve
from evidence_review.review.actions.withdraw import withdraw
from evidence_review.scanning.actions.recall import recall
from portal.people.roles import Role
from tests.evidence_review.scanning import doubles
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
    answered,
)

pytestmark = pytest.mark.django_db


def the_response() -> Response:
    return Response.objects.get()


def test_evidence_tied_to_a_question_joins_the_answer_of_its_site() -> None:
    requirement = RequirementFactory(levels=["met"])
    assessment = AssessmentFactory(site=SiteFactory())
    AssessmentFactory(site=SiteFactory(), edition=assessment.edition)
    evidence = EvidenceFactory(site=assessment.site)
    link_requirements(evidence, [requirement], actor=evidence.created_by)
    assert list(assessment.responses.get().evidence.all()) == [evidence]
    assert evidence.responses.count() == 1


def test_evidence_that_was_there_before_joins_when_the_assessment_starts() -> None:
    requirement = RequirementFactory(levels=["met"])
    evidence = EvidenceFactory(requirements=[requirement])
    lead = PersonFactory(role=Role.IG_LEAD)
    assessment = start_assessment(requirement.edition, evidence.site, actor=lead)
    assert list(assessment.responses.get().evidence.all()) == [evidence]
    assert the_response().standing == Standing.IN_PROGRESS


def test_an_answer_is_complete_while_its_evidence_is_approved_and_no_longer() -> None:
    RequirementFactory(levels=["met"], freshness_months=12)
    assessment = AssessmentFactory()
    version = VersionFactory(approved=True, evidence__site=assessment.site)
    response = answered(assessment.responses.get(), evidence=[version.evidence])
    assert response.standing == Standing.COMPLETE
    assert response.good_until is not None
    assert response.good_until > timezone.localdate() + timedelta(days=360)
    withdraw(version.public_id, actor=PersonFactory(role=Role.IG_LEAD), reason="Out of date.")
    response.refresh_from_db()
    assert response.standing == Standing.IN_PROGRESS
    assessment.refresh_from_db()
    assert Tally.from_json(assessment.tally).total.complete == 0
    assert not list(standing_follows_from_the_evidence())


@pytest.fixture
def complete() -> Response:
    """A complete answer that rests on one approved evidence of its site."""
    RequirementFactory(levels=["met"], freshness_months=12)
    assessment = AssessmentFactory()
    version = VersionFactory(approved=True, evidence__site=assessment.site)
    return answered(assessment.responses.get(), evidence=[version.evidence])


def test_recalled_evidence_takes_the_answer_back_at_once(complete: Response) -> None:
    version = complete.evidence.get().versions.get()
    recall(version.public_id, actor=PersonFactory(role=Role.IG_LEAD), reason="Wrong file.")
    complete.refresh_from_db()
    assert (complete.standing, complete.good_until) == (Standing.IN_PROGRESS, None)


def test_an_earlier_review_date_makes_the_answer_lapse_earlier_at_once(complete: Response) -> None:
    evidence = complete.evidence.get()
    tomorrow = timezone.localdate() + timedelta(days=1)
    change_details(
        evidence,
        EvidenceDetails(
            title=evidence.title,
            type=evidence.type,
            site=evidence.site,
            review_date=tomorrow,
        ),
        actor=PersonFactory(role=Role.IG_LEAD),
    )
    complete.refresh_from_db()
    assert complete.good_until == tomorrow
    tally = Tally.from_json(Assessment.objects.get().tally).total
    assert (tally.complete_on(tomorrow), tally.complete_on(tomorrow + timedelta(days=1))) == (1, 0)


def test_an_approval_completes_the_answers_that_waited_for_it_and_touches_no_other(
    settings: Settings,
) -> None:
    settings.SCANNER = doubles.CLEAN
    RequirementFactory(levels=["met"])
    RequirementFactory(levels=["met"])
    assessment = AssessmentFactory()
    version = VersionFactory(in_review=True, evidence__site=assessment.site)
    first, other = assessment.responses.order_by("pk")
    answered(first, evidence=[version.evidence])
    assert first.standing == Standing.IN_PROGRESS
    lead = PersonFactory(role=Role.IG_LEAD)
    approve(version.public_id, actor=lead, sha256_seen=version.sha256)
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.standing, other.standing) == (Standing.COMPLETE, Standing.NOT_STARTED)
    assert not list(standing_follows_from_the_evidence())


def test_unlinking_from_the_requirement_takes_the_evidence_off_its_answer() -> None:
    requirement = RequirementFactory(levels=["met"])
    assessment = AssessmentFactory(site=SiteFactory())
    evidence = EvidenceFactory(site=assessment.site)
    link_requirements(evidence, [requirement], actor=evidence.created_by)
    unlink_requirements(evidence, [requirement], actor=evidence.created_by)
    assert not assessment.responses.get().evidence.exists()


def test_evidence_of_the_only_covered_site_joins_head_office_and_not_of_one_among_two() -> None:
    requirement, site = RequirementFactory(levels=["met"]), SiteFactory()
    assessment = AssessmentFactory(site=None)
    Coverage.objects.create(assessment=assessment, site=site)
    first = EvidenceFactory(site=site)
    link_requirements(first, [requirement], actor=first.created_by)
    Coverage.objects.create(assessment=assessment, site=SiteFactory())
    second = EvidenceFactory(site=site)
    link_requirements(second, [requirement], actor=second.created_by)
    assert list(assessment.responses.get().evidence.all()) == [first]


def test_the_nightly_look_finds_a_standing_that_somebody_changed_by_hand(
    complete: Response,
) -> None:
    Response.objects.filter(pk=complete.pk).update(good_until=None)
    found = list(standing_follows_from_the_evidence())
    assert any(complete.public_id in sentence for sentence in found)
