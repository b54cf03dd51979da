"""Answers follow their evidence at once, in the same transaction."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.start import start_assessment
from evidence_review.assessments.invariants import standing_follows_from_the_evidence
from evidence_review.assessments.models import Response
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Tally
from evidence_review.evidence.actions.change_details import link_requirements
from evidence_review.review.actions.withdraw import withdraw
from portal.people.roles import Role
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
