"""A registered manager says what holds at their site, of answers as they read them."""

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.confirm_for_site import (
    AnswerChanged,
    NoLongerCovered,
    confirm_for_site,
    record_difference,
)
from evidence_review.assessments.models import Coverage, Response, SiteAnswer
from evidence_review.assessments.states import Holds, Standing
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    AssessmentFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
)

pytestmark = pytest.mark.django_db
DIFFERENT = "We keep the key in the office, not in the nurses' room."


@pytest.fixture
def coverage() -> Coverage:
    """One site, covered by head office with three confirmed answers."""
    RequirementFactory.create_batch(3, levels=["met"])
    assessment = AssessmentFactory(site=None)
    for response in assessment.responses.all():
        answered(response)
    return Coverage.objects.create(assessment=assessment, site=SiteFactory())


@pytest.fixture
def manager(coverage: Coverage) -> User:
    return PersonFactory(role=Role.REGISTERED_MANAGER, site=coverage.site)


def responses(coverage: Coverage) -> list[Response]:
    return list(coverage.assessment.responses.all())


def as_shown(coverage: Coverage) -> dict[str, int]:
    return {one.public_id: one.revision for one in responses(coverage)}


def test_a_manager_confirms_everything_shown_with_one_event(
    coverage: Coverage, manager: User
) -> None:
    done = confirm_for_site(coverage, as_shown(coverage), actor=manager)
    assert done.confirmed == responses(coverage)
    assert set(coverage.site_answers.values_list("holds", "said_by")) == {("same", manager.pk)}
    event = Event.objects.get()
    assert (event.verb, event.object_ref) == (
        "site_answer.confirmed",
        coverage.assessment.public_id,
    )
    assert coverage.site.public_id.encode() in bytes(event.body)
    assert SiteAnswer.history.count() == 3


def test_what_changed_after_it_was_shown_is_not_confirmed_and_is_told(
    coverage: Coverage, manager: User
) -> None:
    shown = as_shown(coverage)
    first, *others = responses(coverage)
    answered(first, text="Another procedure, approved today.")
    done = confirm_for_site(coverage, shown, actor=manager)
    assert done.confirmed == others
    assert done.changed == [first]
    assert not SiteAnswer.objects.filter(response=first).exists()


def test_what_head_office_took_back_is_not_confirmed(coverage: Coverage, manager: User) -> None:
    first, *_ = responses(coverage)
    Response.objects.filter(pk=first.pk).update(
        confirmed_at=None, confirmed_by=None, standing=Standing.IN_PROGRESS
    )
    done = confirm_for_site(coverage, {first.public_id: first.revision}, actor=manager)
    assert (done.confirmed, done.changed) == ([], [first])
    assert not Event.objects.exists()


def test_confirming_twice_says_it_once(coverage: Coverage, manager: User) -> None:
    confirm_for_site(coverage, as_shown(coverage), actor=manager)
    assert confirm_for_site(coverage, as_shown(coverage), actor=manager).confirmed == []
    assert Event.objects.count() == 1


def test_an_answer_of_another_assessment_is_passed_over(coverage: Coverage, manager: User) -> None:
    other = AssessmentFactory(edition=coverage.assessment.edition)
    response = answered(other.responses.all()[0])
    done = confirm_for_site(coverage, {response.public_id: response.revision}, actor=manager)
    assert (done.confirmed, done.changed) == ([], [])


def test_a_difference_says_what_is_different_and_can_be_taken_back_by_confirming(
    coverage: Coverage, manager: User
) -> None:
    response = responses(coverage)[0]
    record_difference(coverage, response, DIFFERENT, revision=response.revision, actor=manager)
    said = SiteAnswer.objects.get()
    assert (said.holds, said.difference) == (Holds.DIFFERENT, DIFFERENT)
    event = Event.objects.get()
    assert (event.verb, event.object_ref) == ("site_answer.differed", response.public_id)
    assert DIFFERENT.encode() not in bytes(event.body)
    confirm_for_site(coverage, {response.public_id: response.revision}, actor=manager)
    said.refresh_from_db()
    assert (said.holds, said.difference) == (Holds.SAME, "")
    assert said.history.count() == 2


def test_the_same_difference_twice_is_said_once(coverage: Coverage, manager: User) -> None:
    response = responses(coverage)[0]
    for _ in range(2):
        record_difference(coverage, response, DIFFERENT, revision=response.revision, actor=manager)
    assert Event.objects.count() == 1


def test_a_difference_from_an_answer_that_changed_is_refused(
    coverage: Coverage, manager: User
) -> None:
    response = responses(coverage)[0]
    read_at = response.revision
    answered(response, text="Another procedure, approved today.")
    with pytest.raises(AnswerChanged, match=response.requirement.ref):
        record_difference(coverage, response, DIFFERENT, revision=read_at, actor=manager)
    assert not SiteAnswer.objects.exists()


def test_nothing_is_said_for_a_site_that_was_let_go(coverage: Coverage, manager: User) -> None:
    Coverage.objects.filter(pk=coverage.pk).update(ended_at=timezone.now())
    response = responses(coverage)[0]
    with pytest.raises(NoLongerCovered):
        confirm_for_site(coverage, as_shown(coverage), actor=manager)
    with pytest.raises(NoLongerCovered):
        record_difference(coverage, response, DIFFERENT, revision=response.revision, actor=manager)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REGISTERED_MANAGER}))
def test_only_the_registered_manager_speaks_for_the_site(coverage: Coverage, role: Role) -> None:
    person, response = PersonFactory(role=role), responses(coverage)[0]
    with pytest.raises(NotPermitted):
        confirm_for_site(coverage, as_shown(coverage), actor=person)
    with pytest.raises(NotPermitted):
        record_difference(coverage, response, DIFFERENT, revision=response.revision, actor=person)


def test_the_manager_of_another_site_does_not_speak_for_this_one(coverage: Coverage) -> None:
    stranger = PersonFactory(role=Role.REGISTERED_MANAGER, site=SiteFactory())
    with pytest.raises(NotPermitted):
        confirm_for_site(coverage, as_shown(coverage), actor=stranger)
