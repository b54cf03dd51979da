"""Routes: who sets them, what makes one, and where a version stands on it."""

import pytest

from evidence_review.evidence.models import EvidenceType
from evidence_review.review.actions.set_route import RouteNotAccepted, WantedStep, set_route
from evidence_review.review.models import ReviewRoute, ReviewStep
from evidence_review.review.steps import (
    DEFAULT_STEPS,
    Approvals,
    Step,
    all_routes,
    standing,
)
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import EvidenceTypeFactory, PersonFactory, RouteFactory, SiteFactory

EDITOR_THEN_LEADS = (Step(1, "Look", Role.EDITOR, 1), Step(2, "Sign", Role.IG_LEAD, 2))
LOOK = WantedStep("Look", Role.EDITOR)
SIGN = WantedStep("Sign", Role.IG_LEAD, 2)


@pytest.fixture
def policy(db: None) -> EvidenceType:
    """A kind of evidence."""
    return EvidenceTypeFactory(code="policy")


@pytest.mark.parametrize(
    ("approvals", "position", "count", "is_final"),
    [
        ({}, 1, 0, False),
        ({(1, "editor"): 1}, 2, 0, False),
        ({(1, "editor"): 1, (2, "ig_lead"): 1}, 2, 1, True),
        ({(1, "editor"): 3, (2, "ig_lead"): 5}, 2, 5, True),
        ({(1, "ig_lead"): 1}, 1, 0, False),
        ({(2, "ig_lead"): 2}, 1, 0, False),
    ],
)
def test_a_version_stands_at_the_first_step_that_has_not_enough(
    approvals: Approvals, position: int, count: int, is_final: bool
) -> None:
    stands = standing(EDITOR_THEN_LEADS, approvals)
    assert (stands.step.position, stands.approvals) == (position, count)
    assert stands.next_approval_is_final is is_final


def test_without_any_route_one_ig_lead_decides(db: None, policy: EvidenceType) -> None:
    routes = all_routes()
    assert routes.steps_for(policy.pk) == DEFAULT_STEPS
    assert standing(DEFAULT_STEPS, {}).next_approval_is_final


def test_a_route_is_set_and_written_down(lead: User, policy: EvidenceType) -> None:
    route = set_route(policy, [LOOK, SIGN], actor=lead)
    assert route is not None
    assert all_routes().steps_for(policy.pk) == EDITOR_THEN_LEADS
    assert all_routes().of_the_rest == DEFAULT_STEPS
    event = Event.objects.get()
    assert (event.verb, event.object_kind, event.object_ref) == (
        "route.changed",
        "review_route",
        "policy",
    )
    assert event.facts == {"steps": "editor*1,ig_lead*2"}
    assert event.detail_data["changes"]["steps"][1] == "Look (1 x Editor), Sign (2 x IG lead)"


def test_the_route_of_the_rest_holds_for_every_type_without_its_own(
    lead: User, policy: EvidenceType
) -> None:
    set_route(None, [SIGN], actor=lead)
    assert [step.name for step in all_routes().steps_for(policy.pk)] == ["Sign"]
    assert Event.objects.get().object_ref == "default"


def test_steps_are_replaced_as_a_whole(lead: User, policy: EvidenceType) -> None:
    set_route(policy, [LOOK, SIGN], actor=lead)
    set_route(policy, [SIGN], actor=lead)
    assert list(ReviewStep.objects.values_list("position", "name")) == [(1, "Sign")]
    assert ReviewStep.history.filter(history_type="-").count() == 2


def test_setting_the_same_steps_again_changes_and_writes_nothing(
    lead: User, policy: EvidenceType
) -> None:
    set_route(policy, [LOOK], actor=lead)
    before = ReviewStep.objects.get()
    set_route(policy, [LOOK], actor=lead)
    assert ReviewStep.objects.get() == before
    assert Event.objects.count() == 1


def test_no_steps_take_the_route_away(lead: User, policy: EvidenceType) -> None:
    set_route(policy, [LOOK], actor=lead)
    assert set_route(policy, [], actor=lead) is None
    assert not ReviewRoute.objects.exists()
    assert Event.objects.order_by("-seq")[0].facts == {"steps": ""}


@pytest.mark.parametrize(
    "steps",
    [
        [WantedStep("", Role.IG_LEAD)],
        [WantedStep("  ", Role.IG_LEAD)],
        [WantedStep("x" * 101, Role.IG_LEAD)],
        [WantedStep("a\0b", Role.IG_LEAD)],
        [WantedStep("Look", Role.PORTAL_ADMIN)],
        [WantedStep("Look", Role.GROUP_MANAGER)],
        [WantedStep("Look", Role.CONTRIBUTOR)],
        [WantedStep("Look", Role.IG_LEAD, 0)],
        [WantedStep("Look", Role.IG_LEAD, 10)],
        [LOOK] * 6,
    ],
)
def test_steps_that_make_no_route_are_refused_in_words(lead: User, steps: list[WantedStep]) -> None:
    with pytest.raises(RouteNotAccepted):
        set_route(None, steps, actor=lead)
    assert not ReviewRoute.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("role", [Role.PORTAL_ADMIN, Role.EDITOR, Role.GROUP_MANAGER])
def test_others_do_not_set_routes(db: None, role: Role) -> None:
    with pytest.raises(NotPermitted):
        set_route(None, [LOOK], actor=PersonFactory(role=role, is_superuser=True))
    assert not ReviewRoute.objects.exists()


def test_a_lead_of_one_site_does_not_set_routes(db: None) -> None:
    with pytest.raises(NotPermitted):
        set_route(None, [LOOK], actor=PersonFactory(role=Role.IG_LEAD, site=SiteFactory()))


def test_reading_every_route_is_one_query(
    db: None, policy: EvidenceType, django_assert_num_queries: object
) -> None:
    RouteFactory(steps=[(Role.EDITOR, 1), (Role.IG_LEAD, 1)])
    RouteFactory(evidence_type=policy, steps=[(Role.IG_LEAD, 1)])
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture is callable
        assert len(all_routes().all_steps()) == 3
