"""Every site at once: one job each, and asking again does no harm."""

import pytest

from evidence_review.assessments.actions.roll_over import NoWayThere, roll_over
from evidence_review.assessments.actions.roll_over_sites import roll_over_sites
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.tasks import roll_over_one
from portal.frameworks.models import Edition
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.assessments.made_up import editions
from tests.factories import AssessmentFactory, PersonFactory, SiteFactory
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def ways() -> list[Edition]:
    return editions()


@pytest.fixture
def lead() -> User:
    person: User = PersonFactory.create(role=Role.IG_LEAD)
    return person


def test_every_open_site_that_is_not_there_is_carried_over_by_a_job(
    ways: list[Edition], lead: User, run_jobs: RunJobs
) -> None:
    first, second, _ = ways
    there, one, other = (AssessmentFactory.create(edition=first) for _ in range(3))
    AssessmentFactory.create(edition=first, site=SiteFactory.create(is_active=False))
    AssessmentFactory.create(edition=first, site=None)
    roll_over(there, second, actor=lead)

    assert roll_over_sites(first, second, actor=lead) == 2
    run_jobs()

    carried = Assessment.objects.filter(edition=second)
    assert {made.carried_from for made in carried} == {there, one, other}
    assert Event.objects.filter(verb=Verb.ASSESSMENT_ROLLED_OVER).count() == 3
    assert roll_over_sites(first, second, actor=lead) == 0


def test_a_job_delivered_twice_carries_once(ways: list[Edition], lead: User) -> None:
    first, second, _ = ways
    assessment = AssessmentFactory.create(edition=first)
    for _ in range(2):
        roll_over_one(assessment.pk, second.pk, lead.pk)
    assert Assessment.objects.filter(edition=second).count() == 1


def test_a_right_lost_meanwhile_carries_nothing(ways: list[Edition]) -> None:
    first, second, _ = ways
    assessment = AssessmentFactory.create(edition=first)
    roll_over_one(assessment.pk, second.pk, PersonFactory.create(role=Role.STAFF).pk)
    assert not Assessment.objects.filter(edition=second).exists()


def test_only_who_runs_everything_asks_for_it(ways: list[Edition]) -> None:
    first, second, _ = ways
    site = AssessmentFactory.create(edition=first).site
    with pytest.raises(NotPermitted):
        roll_over_sites(first, second, actor=PersonFactory.create(role=Role.IG_LEAD, site=site))


def test_without_a_map_no_job_is_put_in(ways: list[Edition], lead: User) -> None:
    first, _, third = ways
    AssessmentFactory.create(edition=first)
    with pytest.raises(NoWayThere):
        roll_over_sites(first, third, actor=lead)
