"""Withdrawing a version: who, when, and what stays."""

import pytest

from evidence_review.evidence.reasons import ReasonNotAccepted
from evidence_review.evidence.states import TransitionRefused, VersionState, VersionVerb, may
from evidence_review.review.actions.withdraw import withdraw
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import PersonFactory, VersionFactory

pytestmark = pytest.mark.django_db

WITHDRAWABLE = [state for state in VersionState if may(state, VersionVerb.WITHDRAW)]
OTHERS = [state for state in VersionState if state not in WITHDRAWABLE]


@pytest.mark.parametrize("state", WITHDRAWABLE)
def test_a_withdrawn_version_stays_with_the_reason(lead: User, state: VersionState) -> None:
    version = VersionFactory(state=state)
    withdraw(version.public_id, actor=lead, reason="The wrong file.")
    version.refresh_from_db()
    assert version.state == VersionState.WITHDRAWN
    event = Event.objects.get()
    assert (event.verb, event.before, event.after) == ("version.withdrawn", state, "withdrawn")
    assert event.detail_data["reason"] == "The wrong file."
    assert event.sha256 == version.sha256


@pytest.mark.parametrize("state", OTHERS)
def test_what_is_not_in_use_cannot_be_withdrawn(lead: User, state: VersionState) -> None:
    version = VersionFactory(state=state)
    with pytest.raises(TransitionRefused):
        withdraw(version.public_id, actor=lead, reason="The wrong file.")
    assert not Event.objects.exists()


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 2001, "a\0b"])
def test_withdrawing_needs_a_reason_that_can_be_kept(lead: User, reason: str) -> None:
    version = VersionFactory()
    with pytest.raises(ReasonNotAccepted):
        withdraw(version.public_id, actor=lead, reason=reason)
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW


def test_a_colleague_cannot_withdraw_it() -> None:
    version = VersionFactory()
    colleague = PersonFactory(role=Role.CONTRIBUTOR)
    with pytest.raises(NotPermitted, match="Only the person who uploaded this version"):
        withdraw(version.public_id, actor=colleague, reason="The wrong file.")
    assert not Event.objects.exists()


def test_the_uploader_cannot_withdraw_what_is_approved() -> None:
    version = VersionFactory(approved=True)
    with pytest.raises(NotPermitted, match="Ask your IG lead"):
        withdraw(version.public_id, actor=version.uploaded_by, reason="The wrong file.")
