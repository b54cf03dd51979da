"""What the database refuses about assessments, whoever asks it and by whatever road."""

import pytest
from django.db import IntegrityError, transaction

from evidence_review.assessments.models import Assessment, Coverage, Response, ResponseNote
from portal.people.roles import Role
from tests.factories import AssessmentFactory, PersonFactory, RequirementFactory, SiteFactory

pytestmark = pytest.mark.django_db


def test_a_site_that_answers_for_itself_is_not_covered() -> None:
    site = SiteFactory()
    AssessmentFactory(site=site)
    head_office = AssessmentFactory(site=None)
    with pytest.raises(IntegrityError, match="answers for itself"), transaction.atomic():
        Coverage.objects.bulk_create([Coverage(assessment=head_office, site=site)])


def test_a_covered_site_has_no_assessment_of_its_own_until_it_is_let_go() -> None:
    coverage = Coverage.objects.create(assessment=AssessmentFactory(site=None), site=SiteFactory())
    with pytest.raises(IntegrityError, match="head office answers"), transaction.atomic():
        AssessmentFactory(site=coverage.site)
    Coverage.objects.filter(pk=coverage.pk).update(ended_at=coverage.added_at)
    assert AssessmentFactory(site=coverage.site).pk


@pytest.mark.parametrize("change", [{"edition_id": 0}, {"site_id": None}, {"public_id": "other"}])
def test_an_assessment_stays_what_it_is_of(change: dict[str, object]) -> None:
    assessment = AssessmentFactory()
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(**change)


def test_an_answer_is_complete_only_when_somebody_confirmed_it() -> None:
    RequirementFactory()
    answers = AssessmentFactory().responses
    with pytest.raises(IntegrityError), transaction.atomic():
        answers.update(standing="complete")


def test_answers_and_notes_are_never_deleted() -> None:
    RequirementFactory()
    response = AssessmentFactory().responses.get()
    note = ResponseNote.objects.create(
        response=response, text="Ask Grace.", written_by=PersonFactory(role=Role.CONTRIBUTOR)
    )
    for rows in (ResponseNote.objects.filter(pk=note.pk), Response.objects.filter(pk=response.pk)):
        with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
            rows._raw_delete(rows.db)
