"""The sites that head office answers for, counted in three questions."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.at_sites import Said
from evidence_review.assessments.models import Assessment, Coverage, Response, SiteAnswer
from evidence_review.assessments.queries.coverage import SiteStanding, site_standings
from evidence_review.assessments.states import Holds, Standing
from tests.factories import (
    AssessmentFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def head_office() -> Assessment:
    """Head office's assessment: two answers in each of two sections, and one that is optional."""
    for section in ("Staffing and roles", "Data security"):
        RequirementFactory.create_batch(2, section=section, levels=["met"])
    RequirementFactory(section="Data security", levels=[])
    assessment = AssessmentFactory(site=None)
    for response in assessment.responses.all():
        answered(response)
    return assessment


def covered(assessment: Assessment) -> Coverage:
    return Coverage.objects.create(assessment=assessment, site=SiteFactory())


def say(coverage: Coverage, response: Response, holds: Holds) -> None:
    SiteAnswer.objects.create(
        coverage=coverage,
        response=response,
        holds=holds,
        difference="" if holds == Holds.SAME else "We lock the office instead.",
        revision=response.revision,
        said_by=PersonFactory(),
    )


def standing_of(assessment: Assessment, coverage: Coverage) -> SiteStanding:
    [found] = site_standings([assessment], sites=[coverage.site_id])
    return found


def test_a_site_that_said_nothing_has_everything_to_confirm(head_office: Assessment) -> None:
    found = standing_of(head_office, covered(head_office))
    assert (found.confirmed, found.differing, found.to_confirm) == (0, 0, 4)
    assert found.tally.total.in_progress == 4
    assert found.assessment == head_office.public_id


def test_each_section_says_what_was_confirmed_there(head_office: Assessment) -> None:
    coverage = covered(head_office)
    first, second, third, *_ = head_office.responses.all()
    say(coverage, first, Holds.SAME)
    say(coverage, second, Holds.SAME)
    say(coverage, third, Holds.DIFFERENT)
    found = standing_of(head_office, coverage)
    assert found.sections == {
        "Staffing and roles": Said(confirmed=2),
        "Data security": Said(differing=1, to_confirm=1),
    }
    assert found.tally.sections["Staffing and roles"].complete == 2
    assert found.tally.sections["Data security"].in_progress == 2


def test_an_answer_that_changed_is_to_confirm_again(head_office: Assessment) -> None:
    coverage = covered(head_office)
    response = head_office.responses.all()[0]
    say(coverage, response, Holds.SAME)
    answered(response, text="Page 4 of our policy, approved 20 November 2026.")
    found = standing_of(head_office, coverage)
    assert (found.confirmed, found.to_confirm) == (0, 4)


def test_an_answer_that_head_office_took_back_is_not_asked(head_office: Assessment) -> None:
    taken_back = {"confirmed_at": None, "confirmed_by": None, "standing": Standing.IN_PROGRESS}
    Response.objects.filter(pk=head_office.responses.all()[0].pk).update(**taken_back)
    assert standing_of(head_office, covered(head_office)).to_confirm == 3


def test_a_confirmed_answer_lapses_at_the_site_when_it_does_at_head_office(
    head_office: Assessment,
) -> None:
    coverage = covered(head_office)
    response = head_office.responses.all()[0]
    until = timezone.localdate() + timedelta(days=10)
    Response.objects.filter(pk=response.pk).update(good_until=until)
    say(coverage, response, Holds.SAME)
    total = standing_of(head_office, coverage).tally.total
    assert total.complete_on(until) == 1
    assert total.complete_on(until + timedelta(days=1)) == 0


def test_a_site_no_longer_covered_is_not_told_of(head_office: Assessment) -> None:
    coverage = covered(head_office)
    coverage.ended_at = timezone.now()
    coverage.save()
    assert site_standings([head_office]) == []


def test_assessments_of_sites_are_passed_over(head_office: Assessment) -> None:
    own = AssessmentFactory(edition=head_office.edition)
    assert site_standings([own]) == []


def test_thirty_sites_cost_the_questions_of_three(
    head_office: Assessment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    response = head_office.responses.all()[0]
    for _ in range(3):
        say(covered(head_office), response, Holds.SAME)
    with django_assert_num_queries(3):
        site_standings([head_office])
    for _ in range(27):
        say(covered(head_office), response, Holds.SAME)
    with django_assert_num_queries(3):
        found = site_standings([head_office])
    assert [one.confirmed for one in found] == [1] * 30
