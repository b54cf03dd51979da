"""Who may review, stand in, set routes: the answers and the sentences that go with a no."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review.actions.approve import approve
from evidence_review.review.actions.return_version import return_version
from evidence_review.review.models import StandIn
from evidence_review.review.permissions import (
    user_can_configure_routes,
    user_can_decide,
    user_can_end_stand_in,
    user_can_look_at,
    user_can_name_stand_in,
    user_can_open_in_review,
    user_can_review,
    user_can_review_at,
    user_can_stand_in,
    user_can_withdraw,
    who_can_decide,
)
from evidence_review.scanning.models import Verdict
from portal.people.answers import Denied, NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    DecisionFactory,
    EvidenceFactory,
    PersonFactory,
    RouteFactory,
    SiteFactory,
    StandInFactory,
    VerdictFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


def fresh(person: User) -> User:
    """Return the person as the next request sees them."""
    return User.objects.get(pk=person.pk)


def why_not(person: User, version: EvidenceVersion) -> str:
    """Return the reason for the no that is expected."""
    answer = user_can_decide(fresh(person), version)
    assert isinstance(answer, Denied)
    return answer.reason


def test_a_no_names_who_can(lead: User, other_lead: User) -> None:
    version = VersionFactory(uploaded_by=lead)
    assert why_not(lead, version) == (
        f"You uploaded this file. Someone else must look at it: {other_lead.actor_label} can."
    )


def test_a_no_names_a_few_and_does_not_list_everybody(lead: User) -> None:
    version = VersionFactory(uploaded_by=lead)
    names = [PersonFactory(role=Role.IG_LEAD).actor_label for _ in range(5)]
    assert why_not(lead, version).endswith(f": {names[0]}, {names[1]} or others can.")


def test_a_no_says_so_when_nobody_else_can(lead: User) -> None:
    version = VersionFactory(uploaded_by=lead)
    assert "Ask a portal administrator to make somebody else an IG lead." in why_not(lead, version)


def test_those_who_can_decide_are_at_the_site_and_have_no_hand_in_it(
    lead: User, other_lead: User
) -> None:
    version = VersionFactory(uploaded_by=lead)
    local = PersonFactory(role=Role.IG_LEAD, site=version.evidence.site)
    PersonFactory(role=Role.IG_LEAD, site=SiteFactory())
    PersonFactory(role=Role.PORTAL_ADMIN)
    PersonFactory(role=Role.IG_LEAD, is_active=False)
    assert who_can_decide(version) == [other_lead, local]


def test_an_earlier_decider_does_not_decide_again(lead: User) -> None:
    RouteFactory(steps=[(Role.IG_LEAD, 2)])
    version = VersionFactory()
    DecisionFactory(version=version, decider=lead, is_final=False)
    assert why_not(lead, version).startswith("You already decided on this version.")


def test_a_stand_in_decides_and_the_decision_says_for_whom(lead: User) -> None:
    arrangement = StandInFactory(person=lead)
    version = VersionFactory()
    decision = approve(
        version.public_id, actor=arrangement.stand_in, sha256_seen=version.sha256, reason=""
    )
    assert (decision.decider, decision.on_behalf_of) == (arrangement.stand_in, lead)
    event = Event.objects.get()
    assert event.facts["on_behalf_of"] == lead.actor_ref
    assert event.detail_data["on_behalf_of"] == lead.actor_label


def test_whoever_may_decide_themselves_does_not_decide_for_another(
    lead: User, other_lead: User
) -> None:
    StandInFactory(person=other_lead, stand_in=lead)
    version = VersionFactory()
    decision = approve(version.public_id, actor=lead, sha256_seen=version.sha256)
    assert decision.on_behalf_of is None


@pytest.mark.parametrize(
    ("starts", "ends", "may"), [(-1, 1, True), (0, 0, True), (1, 2, False), (-2, -1, False)]
)
def test_a_stand_in_decides_between_the_dates_only(
    lead: User, starts: int, ends: int, may: bool
) -> None:
    today = timezone.localdate()
    arrangement = StandInFactory(
        person=lead,
        starts=today + timedelta(days=starts),
        ends=today + timedelta(days=ends),
    )
    assert bool(user_can_decide(arrangement.stand_in, VersionFactory())) is may


def test_the_day_can_be_given(lead: User) -> None:
    arrangement = StandInFactory(person=lead)
    version, stand_in = VersionFactory(), arrangement.stand_in
    assert not user_can_decide(stand_in, version, today=arrangement.ends + timedelta(days=1))
    assert user_can_decide(stand_in, version, today=arrangement.ends)


def test_a_stand_in_ended_early_decides_no_more(lead: User) -> None:
    arrangement = StandInFactory(person=lead, ended_at=timezone.now())
    assert not user_can_decide(arrangement.stand_in, VersionFactory())


def test_a_stand_in_does_not_decide_on_what_the_absent_person_uploaded(lead: User) -> None:
    arrangement = StandInFactory(person=lead)
    version = VersionFactory(uploaded_by=lead)
    reason = why_not(arrangement.stand_in, version)
    assert reason.startswith(f"You stand in for {lead.actor_label}, who uploaded this file.")
    with pytest.raises(NotPermitted):
        return_version(
            version.public_id,
            actor=arrangement.stand_in,
            sha256_seen=version.sha256,
            reason="Because.",
        )


def test_a_stand_in_does_not_decide_on_what_the_absent_person_changed(lead: User) -> None:
    arrangement = StandInFactory(person=lead)
    version = VersionFactory(evidence__created_by=lead, uploaded_by=PersonFactory())
    assert "who changed what is said" in why_not(arrangement.stand_in, version)


def test_a_stand_in_does_not_decide_on_what_they_uploaded_themselves(lead: User) -> None:
    arrangement = StandInFactory(person=lead)
    version = VersionFactory(uploaded_by=arrangement.stand_in)
    assert why_not(arrangement.stand_in, version).startswith("You uploaded this file.")


def test_one_right_is_not_used_twice_for_a_quorum(lead: User) -> None:
    RouteFactory(steps=[(Role.IG_LEAD, 2)])
    first, second = StandInFactory(person=lead), StandInFactory(person=lead)
    version = VersionFactory()
    approve(version.public_id, actor=first.stand_in, sha256_seen=version.sha256)
    assert "who already decided on this version" in why_not(second.stand_in, version)
    assert why_not(lead, version).startswith("You already decided on this version.")


def test_standing_in_is_not_passed_on(lead: User) -> None:
    first = StandInFactory(person=lead)
    second = StandInFactory(person=first.stand_in)
    assert not user_can_decide(second.stand_in, VersionFactory())


def test_a_stand_in_for_somebody_without_the_role_gets_nothing() -> None:
    arrangement = StandInFactory(person=PersonFactory(role=Role.PORTAL_ADMIN))
    assert not user_can_decide(arrangement.stand_in, VersionFactory())


def test_reviewing_at_a_site_follows_the_role_there() -> None:
    here, elsewhere = SiteFactory(), SiteFactory()
    local = PersonFactory(role=Role.IG_LEAD, site=here)
    assert user_can_review(local)
    assert user_can_review_at(local, here)
    assert not user_can_review_at(local, elsewhere)
    assert not user_can_review_at(local, None)


def test_editors_review_where_a_step_asks_for_them() -> None:
    editor = PersonFactory(role=Role.EDITOR)
    assert not user_can_review(editor)
    RouteFactory(steps=[(Role.EDITOR, 1)])
    assert user_can_review(fresh(editor))


@pytest.mark.parametrize("role", [Role.PORTAL_ADMIN, Role.GROUP_MANAGER, Role.CONTRIBUTOR])
def test_no_route_gives_the_right_to_roles_that_do_not_decide(role: Role) -> None:
    RouteFactory(steps=[(role, 1)])
    person = PersonFactory(role=role, is_superuser=True)
    assert not user_can_review(person)
    assert not user_can_decide(person, VersionFactory())
    assert who_can_decide(VersionFactory()) == []


def test_a_reviewer_may_open_what_they_review_though_no_reader_of_evidence(lead: User) -> None:
    arrangement = StandInFactory(person=lead)
    version = VersionFactory()
    assert user_can_look_at(arrangement.stand_in, version.evidence)
    assert user_can_open_in_review(arrangement.stand_in, version)
    assert not user_can_look_at(PersonFactory(role=Role.EDITOR), version.evidence)


def test_nobody_opens_a_file_that_is_not_clean(lead: User) -> None:
    version = VersionFactory()
    VerdictFactory(sha256=version.sha256, verdict=Verdict.Value.INFECTED)
    assert not user_can_open_in_review(lead, version)


def test_only_a_lead_for_every_site_sets_routes(lead: User) -> None:
    assert user_can_configure_routes(lead)
    assert not user_can_configure_routes(PersonFactory(role=Role.IG_LEAD, site=SiteFactory()))
    assert not user_can_configure_routes(PersonFactory(role=Role.PORTAL_ADMIN, is_superuser=True))


def test_reviewers_name_their_own_stand_in_and_leads_name_those_of_others(lead: User) -> None:
    local = PersonFactory(role=Role.IG_LEAD, site=SiteFactory())
    assert user_can_name_stand_in(local, local)
    assert user_can_name_stand_in(lead, local)
    assert not user_can_name_stand_in(local, lead)


def test_nobody_gains_a_right_by_naming_a_stand_in(lead: User) -> None:
    administrator = PersonFactory(role=Role.PORTAL_ADMIN)
    arrangement = StandInFactory(person=lead)
    assert not user_can_name_stand_in(administrator, lead)
    assert not user_can_name_stand_in(arrangement.stand_in, lead)
    assert not user_can_name_stand_in(administrator, administrator)


def test_a_stand_in_must_be_able_to_enter_the_admin() -> None:
    assert user_can_stand_in(PersonFactory(role=Role.EDITOR))
    answer = user_can_stand_in(PersonFactory(role=Role.CONTRIBUTOR))
    assert isinstance(answer, Denied)
    assert "cannot open the admin" in answer.reason
    assert not user_can_stand_in(PersonFactory(role=Role.EDITOR, is_active=False))


def test_those_two_and_a_lead_end_a_stand_in(lead: User, other_lead: User) -> None:
    arrangement: StandIn = StandInFactory(person=lead)
    assert user_can_end_stand_in(lead, arrangement)
    assert user_can_end_stand_in(arrangement.stand_in, arrangement)
    assert user_can_end_stand_in(other_lead, arrangement)
    assert not user_can_end_stand_in(PersonFactory(role=Role.PORTAL_ADMIN), arrangement)


def test_the_uploader_withdraws_until_it_is_approved(lead: User) -> None:
    uploader = PersonFactory(role=Role.CONTRIBUTOR)
    evidence = EvidenceFactory(created_by=uploader)
    approved = VersionFactory(evidence=evidence, approved=True)
    in_review = VersionFactory(evidence=evidence)
    assert user_can_withdraw(uploader, in_review)
    assert not user_can_withdraw(uploader, approved)
    assert not user_can_withdraw(PersonFactory(role=Role.CONTRIBUTOR), in_review)
    assert user_can_withdraw(lead, approved)
    assert not user_can_withdraw(PersonFactory(role=Role.PORTAL_ADMIN), in_review)
