"""Plan, change, start, finish, drop and take up actions again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.change_action import (
    change_action,
    reopen_action,
    start_action,
)
from evidence_review.assessments.actions.finish_action import (
    NothingSaid,
    drop_action,
    finish_action,
)
from evidence_review.assessments.actions.plan_actions import (
    CannotOwn,
    NotOfThisAssessment,
    Plan,
    plan_action,
    plan_actions,
)
from evidence_review.assessments.models import Assessment, ImprovementAction
from evidence_review.assessments.plan_states import ActionTransitionRefused
from evidence_review.assessments.queries.plan import possible_owners, unplanned
from evidence_review.assessments.states import ActionState
from evidence_review.assessments.tally import Tally
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    AssessmentFactory,
    EditionFactory,
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    """One site's assessment with two needed questions and an optional one."""
    RequirementFactory.create_batch(2, levels=["met"])
    RequirementFactory(levels=[])
    return AssessmentFactory()


@pytest.fixture
def lead() -> User:
    return PersonFactory(role=Role.IG_LEAD)


@pytest.fixture
def owner(assessment: Assessment) -> User:
    return PersonFactory(role=Role.CONTRIBUTOR, site=assessment.site)


def a_plan(assessment: Assessment, owner: User, at: int = 0) -> Plan:
    return Plan(
        requirement=assessment.responses.all()[at].requirement,
        what="Write down who holds the keys.",
        owner=owner,
        due=timezone.localdate() + timedelta(days=30),
    )


@pytest.fixture
def action(assessment: Assessment, owner: User, lead: User) -> ImprovementAction:
    return plan_action(assessment, a_plan(assessment, owner), actor=lead)


def tally_of(assessment: Assessment) -> Tally:
    assessment.refresh_from_db()
    return Tally.from_json(assessment.tally)


def test_a_planned_action_counts_at_once_and_leaves_one_event(
    assessment: Assessment, action: ImprovementAction, owner: User
) -> None:
    assert tally_of(assessment).unplanned.needed == 1
    event = Event.objects.get()
    assert (event.verb, event.object_ref) == ("improvement_action.planned", action.public_id)
    assert owner.get_full_name().encode() not in bytes(event.body)
    assert action.history.count() == 1


def test_many_actions_are_planned_all_or_none(
    assessment: Assessment, owner: User, lead: User
) -> None:
    stranger = PersonFactory(role=Role.CONTRIBUTOR, site=SiteFactory())
    with pytest.raises(CannotOwn, match="does not work with"):
        plan_actions(
            assessment,
            [a_plan(assessment, owner), a_plan(assessment, stranger, at=1)],
            actor=lead,
        )
    assert not ImprovementAction.objects.exists()
    planned = plan_actions(
        assessment, [a_plan(assessment, owner), a_plan(assessment, owner, at=1)], actor=lead
    )
    assert len(planned) == Event.objects.count() == 2
    assert tally_of(assessment).unplanned.needed == 0


def test_somebody_who_left_owns_nothing(assessment: Assessment, lead: User) -> None:
    gone = PersonFactory(role=Role.CONTRIBUTOR, site=assessment.site, is_active=False)
    with pytest.raises(CannotOwn):
        plan_action(assessment, a_plan(assessment, gone), actor=lead)


def test_a_question_of_another_edition_is_refused(
    assessment: Assessment, owner: User, lead: User
) -> None:
    other = RequirementFactory(edition=EditionFactory(code="other", name="Other"))
    plan = Plan(requirement=other, what="Something", owner=owner, due=date(2027, 1, 1))
    with pytest.raises(NotOfThisAssessment):
        plan_action(assessment, plan, actor=lead)


@pytest.mark.parametrize(
    "role",
    sorted(set(Role) - {Role.IG_LEAD, Role.CONTRIBUTOR, Role.REGISTERED_MANAGER}),
)
def test_others_plan_nothing(assessment: Assessment, owner: User, role: Role) -> None:
    with pytest.raises(NotPermitted):
        plan_action(assessment, a_plan(assessment, owner), actor=PersonFactory(role=role))


def test_changing_keeps_what_was_and_the_same_again_writes_nothing(
    action: ImprovementAction, owner: User, lead: User
) -> None:
    due = action.due + timedelta(days=7)
    for _ in range(2):
        change_action(action, what=action.what, owner=owner, due=due, actor=lead)
    action.refresh_from_db()
    assert action.due == due
    assert Event.objects.filter(verb="improvement_action.changed").count() == 1
    assert action.history.count() == 2


def test_the_owner_starts_and_finishes_with_evidence(
    assessment: Assessment, action: ImprovementAction, owner: User
) -> None:
    evidence = EvidenceFactory(site=assessment.site)
    start_action(action, actor=owner)
    done = finish_action(
        action, outcome="The list hangs in the office.", evidence=evidence, actor=owner
    )
    assert (done.state, done.evidence) == (ActionState.DONE, evidence)
    assert done.finished_at is not None
    verbs = Event.objects.order_by("seq").values_list("verb", flat=True)
    assert list(verbs)[1:] == ["improvement_action.changed", "improvement_action.finished"]
    assert tally_of(assessment).unplanned.needed == 2


def test_evidence_the_person_may_not_see_proves_nothing(
    action: ImprovementAction, owner: User
) -> None:
    with pytest.raises(NotPermitted):
        finish_action(action, outcome="Done.", evidence=EvidenceFactory(), actor=owner)


def test_an_action_does_not_end_without_a_word(action: ImprovementAction, lead: User) -> None:
    for end in (
        lambda: finish_action(action, outcome=" ", actor=lead),
        lambda: drop_action(action, reason="", actor=lead),
    ):
        with pytest.raises(NothingSaid):
            end()
    action.refresh_from_db()
    assert action.state == ActionState.OPEN


def test_a_dropped_action_can_be_taken_up_again(
    assessment: Assessment, action: ImprovementAction, lead: User
) -> None:
    drop_action(action, reason="We sold the building.", actor=lead)
    assert tally_of(assessment).unplanned.needed == 2
    again = reopen_action(action, actor=lead)
    assert (again.state, again.outcome, again.finished_at) == (ActionState.OPEN, "", None)
    assert tally_of(assessment).unplanned.needed == 1
    assert action.history.filter(outcome="We sold the building.").exists()


Deed = Callable[[ImprovementAction, User], ImprovementAction]
DEEDS: dict[str, Deed] = {
    "change": lambda action, who: change_action(
        action, what="Something else", owner=action.owner, due=action.due, actor=who
    ),
    "start": lambda action, who: start_action(action, actor=who),
    "finish": lambda action, who: finish_action(action, outcome="Done.", actor=who),
    "drop": lambda action, who: drop_action(action, reason="No need.", actor=who),
    "reopen": lambda action, who: reopen_action(action, actor=who),
}


@pytest.mark.parametrize("deed", sorted(set(DEEDS) - {"reopen"}))
def test_what_is_done_is_only_taken_up_again(
    action: ImprovementAction, lead: User, deed: str
) -> None:
    finish_action(action, outcome="Done.", actor=lead)
    with pytest.raises(ActionTransitionRefused, match="Done"):
        DEEDS[deed](action, lead)


@pytest.mark.parametrize("deed", ["change", "drop", "reopen"])
def test_an_owner_who_may_not_plan_does_not_change_what_was_planned(
    assessment: Assessment, lead: User, deed: str
) -> None:
    manager = PersonFactory(role=Role.GROUP_MANAGER)
    action = plan_action(assessment, a_plan(assessment, manager), actor=lead)
    if deed == "reopen":
        finish_action(action, outcome="Done.", actor=manager)
    with pytest.raises(NotPermitted):
        DEEDS[deed](action, manager)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_colleague_who_neither_owns_nor_plans_does_nothing(
    action: ImprovementAction, deed: str
) -> None:
    colleague = PersonFactory(role=Role.GROUP_MANAGER)
    with pytest.raises(NotPermitted):
        DEEDS[deed](action, colleague)


def test_what_a_level_needs_and_is_not_complete_or_planned_is_listed(
    assessment: Assessment, action: ImprovementAction
) -> None:
    today = timezone.localdate()
    _, second, _ = assessment.responses.all()
    assert unplanned(assessment, today) == [second]
    answered(second)
    assert unplanned(assessment, today) == []
    assert unplanned(assessment, today + timedelta(days=4000)) == []


def test_managers_of_covered_sites_may_own_head_offices_actions(lead: User) -> None:
    RequirementFactory(levels=["met"])
    head_office = AssessmentFactory(site=None)
    covered, other = SiteFactory(), SiteFactory()
    head_office.coverage.create(site=covered)
    manager = PersonFactory(role=Role.REGISTERED_MANAGER, site=covered)
    stranger = PersonFactory(role=Role.REGISTERED_MANAGER, site=other)
    found = set(possible_owners(head_office))
    assert {lead, manager} <= found
    assert stranger not in found
