"""The look that finds whether anything was ever shown outside an access's time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.invariants import nothing_was_shown_after_the_end
from evidence_review.inspection.models import InspectorAccess
from portal.people.models import User
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb
from tests.evidence_review.inspection.conftest import Clock, Enter, GiveAccess, page

pytestmark = pytest.mark.django_db


def look_past_the_doors(access: InspectorAccess) -> Event:
    """Record a look that no action would have allowed."""
    return record(Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED, access.record_ref, actor=access)


def test_an_access_that_was_used_in_its_time_is_in_order(
    access: InspectorAccess, enter: Enter, ig_lead: User, clock: Clock
) -> None:
    browser = enter(access)
    browser.get(page("summary", access))
    clock.forward(minutes=10)
    revoke_access(access, actor=ig_lead)
    clock.forward(minutes=10)
    browser.get(page("summary", access))
    assert list(nothing_was_shown_after_the_end()) == []


def test_a_look_after_the_end_is_found(
    access: InspectorAccess, ig_lead: User, clock: Clock
) -> None:
    revoke_access(access, actor=ig_lead)
    clock.forward(seconds=4)
    look_past_the_doors(access)
    assert list(nothing_was_shown_after_the_end()) == []
    clock.forward(seconds=2)
    found = look_past_the_doors(access)
    (line,) = nothing_was_shown_after_the_end()
    assert line.startswith(f"event {found.seq} (inspector_access.summary_viewed)")


def test_a_look_after_the_last_day_is_found(access: InspectorAccess, clock: Clock) -> None:
    clock.forward(days=15)
    look_past_the_doors(access)
    assert len(list(nothing_was_shown_after_the_end())) == 1


def test_a_look_before_the_first_day_is_found(give_access: GiveAccess) -> None:
    look_past_the_doors(give_access(starts=timezone.now() + timedelta(days=1)))
    assert len(list(nothing_was_shown_after_the_end())) == 1
