"""Naming and ending stand-ins."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from evidence_review.review.actions.end_stand_in import end_stand_in
from evidence_review.review.actions.name_stand_in import (
    Arrangement,
    StandInNotAccepted,
    name_stand_in,
)
from evidence_review.review.models import StandIn
from evidence_review.review.permissions import user_can_decide
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import PersonFactory, StandInFactory, VersionFactory

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    """Return a day from today."""
    return timezone.localdate() + timedelta(days=days)


def wanted(person: User, stand_in: User, **more: Any) -> Arrangement:
    """Return an arrangement for today and the week after."""
    values: dict[str, Any] = {"starts": in_days(0), "ends": in_days(7), "reason": "Annual leave"}
    return Arrangement(person=person, stand_in=stand_in, **(values | more))


@pytest.fixture
def editor() -> User:
    """Somebody who can enter the admin, and decides on nothing."""
    return PersonFactory(role=Role.EDITOR)


def test_a_reviewer_names_somebody_and_it_is_written_down(lead: User, editor: User) -> None:
    made = name_stand_in(wanted(lead, editor), actor=lead)
    assert user_can_decide(editor, VersionFactory())
    event = Event.objects.get()
    assert (event.verb, event.object_ref) == ("stand_in.named", str(made.pk))
    assert event.facts == {
        "person": lead.actor_ref,
        "stand_in": editor.actor_ref,
        "starts": in_days(0).isoformat(),
        "ends": in_days(7).isoformat(),
    }
    assert event.detail_data["reason"] == "Annual leave"
    assert lead.actor_label not in bytes(event.body).decode()


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        (2, 1, "The last day must not be before the first."),
        (-9, -1, "The last day must be today or later."),
    ],
)
def test_the_days_must_make_sense(
    lead: User, editor: User, starts: int, ends: int, sentence: str
) -> None:
    asked = wanted(lead, editor, starts=in_days(starts), ends=in_days(ends))
    with pytest.raises(StandInNotAccepted, match=sentence):
        name_stand_in(asked, actor=lead)
    assert not StandIn.objects.exists()


def test_nobody_stands_in_for_themselves(lead: User) -> None:
    with pytest.raises(StandInNotAccepted, match="Nobody stands in for themselves"):
        name_stand_in(wanted(lead, lead), actor=lead)


def test_the_same_two_have_one_arrangement_at_a_time(lead: User, editor: User) -> None:
    name_stand_in(wanted(lead, editor), actor=lead)
    with pytest.raises(StandInNotAccepted, match="already stands in"):
        name_stand_in(wanted(lead, editor, starts=in_days(7), ends=in_days(9)), actor=lead)
    name_stand_in(wanted(lead, editor, starts=in_days(8), ends=in_days(9)), actor=lead)
    assert StandIn.objects.count() == Event.objects.count() == 2


@pytest.mark.parametrize("reason", ["x" * 201, "a\0b"])
def test_a_reason_that_cannot_be_kept_is_refused(lead: User, editor: User, reason: str) -> None:
    with pytest.raises(StandInNotAccepted):
        name_stand_in(wanted(lead, editor, reason=reason), actor=lead)


def test_a_portal_administrator_names_nobody(lead: User, editor: User) -> None:
    administrator = PersonFactory(role=Role.PORTAL_ADMIN, is_superuser=True)
    with pytest.raises(NotPermitted):
        name_stand_in(wanted(lead, administrator), actor=administrator)
    assert not StandIn.objects.exists()


def test_whoever_cannot_enter_the_admin_is_not_named(lead: User) -> None:
    contributor = PersonFactory(role=Role.CONTRIBUTOR)
    with pytest.raises(NotPermitted, match="cannot open the admin"):
        name_stand_in(wanted(lead, contributor), actor=lead)


def test_ending_it_counts_at_once_and_is_written_down_once(lead: User) -> None:
    arrangement = StandInFactory(person=lead)
    end_stand_in(arrangement, actor=lead)
    end_stand_in(arrangement, actor=lead)
    assert not user_can_decide(arrangement.stand_in, VersionFactory())
    event = Event.objects.get()
    assert (event.verb, event.object_ref) == ("stand_in.ended", str(arrangement.pk))


def test_a_stranger_does_not_end_it(lead: User, editor: User) -> None:
    arrangement = StandInFactory(person=lead)
    with pytest.raises(NotPermitted):
        end_stand_in(arrangement, actor=editor)
    arrangement.refresh_from_db()
    assert arrangement.ended_at is None


def test_what_a_stand_in_did_shows_in_the_history_of_the_arrangement(lead: User) -> None:
    arrangement = StandInFactory(person=lead)
    end_stand_in(arrangement, actor=lead)
    assert arrangement.history.count() == 2
