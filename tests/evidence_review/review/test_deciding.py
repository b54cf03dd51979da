"""Approve, return and refuse: what they need, what they change, what they write."""

from collections.abc import Callable
from typing import Any

import pytest
from django_q.models import OrmQ
from pytest_django import Settings

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.reasons import ReasonNotAccepted
from evidence_review.evidence.states import TransitionRefused, VersionState
from evidence_review.review.actions.approve import approve
from evidence_review.review.actions.refuse import refuse
from evidence_review.review.actions.return_version import return_version
from evidence_review.review.conflicts import (
    AlreadyDecided,
    NewerIsApproved,
    NotClean,
    ScannerNotReady,
    SeenSomethingElse,
)
from evidence_review.review.models import Decision
from evidence_review.scanning.models import Verdict
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.evidence_review.scanning import doubles
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    RouteFactory,
    SiteFactory,
    VerdictFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

Act = Callable[..., Decision]
ACTIONS: list[tuple[Act, VersionState, str]] = [
    (approve, VersionState.APPROVED, "version.approved"),
    (return_version, VersionState.RETURNED, "version.returned"),
    (refuse, VersionState.REFUSED, "version.refused"),
]
EACH = pytest.mark.parametrize(("act", "state", "verb"), ACTIONS)
REASON = "The date on page 3 is missing."


def decide(act: Act, version: EvidenceVersion, actor: User, **more: Any) -> Decision:
    """Take a decision as somebody who saw the right bytes and gives a reason."""
    values = {"actor": actor, "sha256_seen": version.sha256, "reason": REASON}
    return act(version.public_id, **(values | more))


def nothing_changed(version: EvidenceVersion) -> bool:
    """Tell whether there is no decision, no event and the same state."""
    state = version.state
    version.refresh_from_db()
    return (
        version.state == state
        and not Decision.objects.filter(version=version).exists()
        and not Event.objects.exists()
    )


@EACH
def test_a_decision_moves_the_version_and_leaves_one_row_and_one_event(
    lead: User, act: Act, state: VersionState, verb: str
) -> None:
    version = VersionFactory()
    before = version.state_since
    decision = decide(act, version, lead)
    version.refresh_from_db()
    assert version.state == state
    assert version.state_since > before
    assert (decision.decider, decision.sha256) == (lead, version.sha256)
    assert decision.is_final
    assert decision.reason == REASON
    event = Event.objects.get()
    assert (event.verb, event.before, event.after) == (verb, "in_review", state.value)
    assert (event.object_ref, event.object_version) == (version.evidence.public_id, version.number)
    assert (event.actor_ref, event.sha256) == (lead.actor_ref, version.sha256)
    assert event.detail_data["reason"] == REASON
    assert event.facts["role"] == "ig_lead"


@EACH
@pytest.mark.parametrize("state_before", [s for s in VersionState if s != VersionState.IN_REVIEW])
def test_nothing_but_a_version_in_review_can_be_decided_on(
    lead: User, act: Act, state: VersionState, verb: str, state_before: VersionState
) -> None:
    version = VersionFactory(state=state_before)
    decided = version.decisions.count()
    with pytest.raises(TransitionRefused):
        decide(act, version, lead)
    version.refresh_from_db()
    assert version.state == state_before
    assert version.decisions.count() == decided
    assert not Event.objects.exists()


@EACH
@pytest.mark.parametrize("seen", ["", "0" * 64, "not a hash"])
def test_whoever_saw_something_else_is_told_so(
    lead: User, act: Act, state: VersionState, verb: str, seen: str
) -> None:
    version = VersionFactory()
    with pytest.raises(SeenSomethingElse, match="not the file you looked at"):
        decide(act, version, lead, sha256_seen=seen)
    assert nothing_changed(version)


@EACH
def test_sending_it_twice_is_a_clear_conflict_and_changes_nothing_more(
    lead: User, act: Act, state: VersionState, verb: str
) -> None:
    version = VersionFactory()
    decide(act, version, lead)
    with pytest.raises(AlreadyDecided, match="You have already decided on version 1"):
        decide(act, version, lead)
    assert Decision.objects.count() == 1
    assert Event.objects.count() == 1


@EACH
def test_the_second_of_two_people_is_told_that_it_is_decided(
    lead: User, other_lead: User, act: Act, state: VersionState, verb: str
) -> None:
    version = VersionFactory()
    decide(act, version, lead)
    with pytest.raises(TransitionRefused, match="no longer possible"):
        decide(act, version, other_lead)
    assert Decision.objects.count() == 1


@EACH
def test_nobody_decides_on_what_they_uploaded(
    act: Act, state: VersionState, verb: str, other_lead: User
) -> None:
    uploader = PersonFactory(role=Role.IG_LEAD)
    version = VersionFactory(evidence=EvidenceFactory(created_by=other_lead), uploaded_by=uploader)
    with pytest.raises(NotPermitted, match="You uploaded this file"):
        decide(act, version, uploader)
    assert nothing_changed(version)


@EACH
@pytest.mark.parametrize(
    "role",
    [None, Role.CONTRIBUTOR, Role.REGISTERED_MANAGER, Role.GROUP_MANAGER, Role.PORTAL_ADMIN],
)
def test_no_other_role_gives_the_right_to_decide(
    act: Act, state: VersionState, verb: str, role: Role | None
) -> None:
    version = VersionFactory()
    with pytest.raises(NotPermitted, match="This needs an IG lead"):
        decide(act, version, PersonFactory(role=role))
    assert nothing_changed(version)


@EACH
def test_being_a_superuser_gives_nothing(act: Act, state: VersionState, verb: str) -> None:
    version = VersionFactory()
    with pytest.raises(NotPermitted):
        decide(act, version, PersonFactory(role=Role.PORTAL_ADMIN, is_superuser=True))
    assert nothing_changed(version)


@EACH
def test_a_lead_of_another_site_does_not_decide(act: Act, state: VersionState, verb: str) -> None:
    version = VersionFactory()
    with pytest.raises(NotPermitted, match=r"This needs an IG lead at Rowan House"):
        decide(act, version, PersonFactory(role=Role.IG_LEAD, site=SiteFactory()))
    assert nothing_changed(version)


def test_a_lead_of_one_site_does_not_decide_for_the_whole_organisation() -> None:
    version = VersionFactory(evidence__site=None)
    with pytest.raises(NotPermitted, match="for the whole organisation"):
        decide(approve, version, PersonFactory(role=Role.IG_LEAD, site=SiteFactory()))


def test_a_lead_of_the_site_decides() -> None:
    version = VersionFactory()
    local = PersonFactory(role=Role.IG_LEAD, site=version.evidence.site)
    assert decide(approve, version, local).decider == local


@EACH
def test_somebody_switched_off_does_not_decide(act: Act, state: VersionState, verb: str) -> None:
    version = VersionFactory()
    gone = PersonFactory(role=Role.IG_LEAD, is_active=False)
    with pytest.raises(NotPermitted, match="switched off"):
        decide(act, version, gone)


@EACH
def test_whoever_changed_the_details_since_the_last_approval_does_not_decide(
    lead: User, act: Act, state: VersionState, verb: str
) -> None:
    version = VersionFactory()
    version.evidence.title = "Another title"
    version.evidence._history_user = lead
    version.evidence.save()
    with pytest.raises(NotPermitted, match="You changed what is said of this evidence"):
        decide(act, version, lead)
    assert nothing_changed(version)


def test_a_change_before_the_last_approval_ties_nobody(lead: User) -> None:
    evidence = EvidenceFactory()
    evidence.title = "Another title"
    evidence._history_user = lead
    evidence.save()
    VersionFactory(evidence=evidence, approved=True)
    version = VersionFactory(evidence=evidence)
    assert decide(approve, version, lead).is_final


@pytest.mark.parametrize("act", [return_version, refuse])
@pytest.mark.parametrize("reason", ["", "   ", "\n\t", "\u200b\u200b", "\u00a0"])
def test_a_return_or_refusal_needs_a_reason(lead: User, act: Act, reason: str) -> None:
    version = VersionFactory()
    with pytest.raises(ReasonNotAccepted, match="Enter a reason"):
        decide(act, version, lead, reason=reason)
    assert nothing_changed(version)


@EACH
def test_a_reason_has_2000_characters_at_most(
    lead: User, act: Act, state: VersionState, verb: str
) -> None:
    version = VersionFactory()
    with pytest.raises(ReasonNotAccepted, match="2,000 characters or fewer"):
        decide(act, version, lead, reason="x" * 2001)
    assert nothing_changed(version)
    assert decide(act, version, lead, reason="x" * 2000).reason == "x" * 2000


@EACH
@pytest.mark.parametrize("reason", ["a\0b", "half a \ud83d pair"])
def test_a_reason_that_no_database_keeps_is_refused_in_words(
    lead: User, act: Act, state: VersionState, verb: str, reason: str
) -> None:
    version = VersionFactory()
    with pytest.raises(ReasonNotAccepted, match="cannot be kept"):
        decide(act, version, lead, reason=reason)
    assert nothing_changed(version)


@pytest.mark.parametrize(
    "reason",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE review_decision; --",
        '=HYPERLINK("http://x")',
        "\u202eright to left",
        "مرحبا 你好 😀👩‍👩‍👧 e\u0301",
        "${jndi:ldap://x} {{7*7}} %s %n",
        "first\r\nsecond\rthird",
    ],
)
def test_a_strange_reason_is_kept_as_it_was_written(lead: User, reason: str) -> None:
    version = VersionFactory()
    decide(return_version, version, lead, reason=reason)
    kept = Decision.objects.get().reason
    assert kept == reason.replace("\r\n", "\n").replace("\r", "\n")
    assert Event.objects.get().detail_data["reason"] == kept


def test_an_approval_needs_no_reason(lead: User) -> None:
    assert decide(approve, VersionFactory(), lead, reason="").reason == ""


def test_nothing_is_approved_while_the_scanner_is_not_ready(lead: User, settings: Settings) -> None:
    settings.SCANNER = doubles.BROKEN
    version = VersionFactory()
    with pytest.raises(ScannerNotReady, match="The double does not answer"):
        decide(approve, version, lead)
    assert nothing_changed(version)


@pytest.mark.parametrize("act", [return_version, refuse])
def test_a_file_can_be_sent_back_while_the_scanner_is_not_ready(
    lead: User, settings: Settings, act: Act
) -> None:
    settings.SCANNER = doubles.BROKEN
    assert decide(act, VersionFactory(), lead).is_final


def test_nothing_is_approved_after_a_later_bad_verdict(lead: User) -> None:
    version = VersionFactory()
    VerdictFactory(sha256=version.sha256, verdict=Verdict.Value.UNSCANNABLE)
    with pytest.raises(NotClean, match="no clean virus check"):
        decide(approve, version, lead)
    assert nothing_changed(version)
    assert decide(return_version, version, lead).is_final


def test_the_new_version_takes_the_place_of_the_approved_one(lead: User) -> None:
    evidence = EvidenceFactory()
    old = VersionFactory(evidence=evidence, approved=True)
    new = VersionFactory(evidence=evidence)
    decide(approve, new, lead)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == (VersionState.SUPERSEDED, VersionState.APPROVED)
    superseded, approved = Event.objects.order_by("seq")
    assert (superseded.verb, superseded.object_version) == ("version.superseded", 1)
    assert (superseded.before, superseded.after) == ("approved", "superseded")
    assert superseded.facts == {"by_version": 2}
    assert (approved.verb, approved.object_version) == ("version.approved", 2)


def test_older_versions_that_still_wait_for_somebody_are_replaced_too(lead: User) -> None:
    evidence = EvidenceFactory()
    returned = VersionFactory(evidence=evidence, returned=True)
    in_review = VersionFactory(evidence=evidence)
    refused = VersionFactory(evidence=evidence, refused=True)
    decide(approve, VersionFactory(evidence=evidence), lead)
    for version in (returned, in_review, refused):
        version.refresh_from_db()
    assert returned.state == in_review.state == VersionState.SUPERSEDED
    assert refused.state == VersionState.REFUSED


def test_an_older_version_does_not_replace_a_newer_approved_one(lead: User) -> None:
    evidence = EvidenceFactory()
    older = VersionFactory(evidence=evidence)
    newer = VersionFactory(evidence=evidence, approved=True)
    with pytest.raises(NewerIsApproved, match="Version 2 is newer"):
        decide(approve, older, lead)
    newer.refresh_from_db()
    assert newer.state == VersionState.APPROVED
    assert not Event.objects.exists()


def test_a_newer_version_in_review_is_left_where_it_is(lead: User) -> None:
    evidence = EvidenceFactory()
    older, newer = VersionFactory(evidence=evidence), VersionFactory(evidence=evidence)
    decide(approve, older, lead)
    newer.refresh_from_db()
    assert newer.state == VersionState.IN_REVIEW


def test_the_uploader_is_told_by_a_job_of_the_same_transaction(lead: User) -> None:
    decide(approve, VersionFactory(), lead)
    assert OrmQ.objects.get().func() == "evidence_review.review.tasks.tell_uploader"


def test_two_steps_are_two_people_and_the_last_one_approves(lead: User) -> None:
    RouteFactory(steps=[(Role.EDITOR, 1), (Role.IG_LEAD, 1)])
    editor = PersonFactory(role=Role.EDITOR)
    version = VersionFactory()
    with pytest.raises(NotPermitted, match="This needs an editor"):
        decide(approve, version, lead)
    first = decide(approve, version, editor)
    version.refresh_from_db()
    assert (version.state, first.is_final, first.step_position) == ("in_review", False, 1)
    with pytest.raises(AlreadyDecided):
        decide(approve, version, editor)
    last = decide(approve, version, lead)
    version.refresh_from_db()
    assert (version.state, last.is_final, last.step_position) == ("approved", True, 2)
    assert list(Event.objects.order_by("seq").values_list("verb", "before", "after")) == [
        ("version.step_approved", "in_review", "in_review"),
        ("version.approved", "in_review", "approved"),
    ]


def test_a_quorum_of_two_needs_two_people(lead: User, other_lead: User) -> None:
    RouteFactory(steps=[(Role.IG_LEAD, 2)])
    version = VersionFactory()
    assert not decide(approve, version, lead).is_final
    assert decide(approve, version, other_lead).is_final
    version.refresh_from_db()
    assert version.state == VersionState.APPROVED


@pytest.mark.parametrize("act", [return_version, refuse])
def test_one_person_is_enough_to_send_it_back_at_any_step(lead: User, act: Act) -> None:
    RouteFactory(steps=[(Role.IG_LEAD, 2), (Role.EDITOR, 1)])
    assert decide(act, VersionFactory(), lead).is_final


def test_the_route_of_the_type_goes_before_the_route_of_the_rest(lead: User) -> None:
    version = VersionFactory()
    RouteFactory(steps=[(Role.EDITOR, 3)])
    RouteFactory(evidence_type=version.evidence.type, steps=[(Role.IG_LEAD, 1)])
    assert decide(approve, version, lead).is_final


def test_a_route_made_shorter_leaves_nothing_stuck(lead: User, other_lead: User) -> None:
    route = RouteFactory(steps=[(Role.IG_LEAD, 3)])
    version = VersionFactory()
    decide(approve, version, lead)
    route.steps.update(quorum=1)
    assert decide(approve, version, other_lead).is_final


def test_an_approval_does_not_count_for_a_step_that_now_asks_for_another_role(lead: User) -> None:
    route = RouteFactory(steps=[(Role.EDITOR, 1), (Role.IG_LEAD, 1)])
    version = VersionFactory()
    decide(approve, version, PersonFactory(role=Role.EDITOR))
    route.steps.all().delete()
    route.steps.create(position=1, name="Lead", role=Role.IG_LEAD)
    route.steps.create(position=2, name="Second lead", role=Role.IG_LEAD)
    assert not decide(approve, version, lead).is_final
