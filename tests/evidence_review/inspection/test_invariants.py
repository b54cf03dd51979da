"""The look that finds whether anything was ever shown outside an access's time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.invariants import (
    accesses_are_as_recorded,
    nothing_was_shown_after_the_end,
)
from evidence_review.inspection.models import InspectorAccess
from portal.people.models import User
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb
from tests.behind import behind_the_back
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


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE inspection_inspectoraccess SET every_site = TRUE",
            "is for another time, site or framework than the record says",
        ),
        (
            "DELETE FROM inspection_inspectoraccess_sites",
            "is for another time, site or framework than the record says",
        ),
        (
            "UPDATE inspection_inspectoraccess SET ends = '2099-01-01 00:00:00+00:00'",
            "is for another time, site or framework than the record says",
        ),
        (
            "UPDATE inspection_inspectoraccess SET revoked_at = NULL",
            "was ended otherwise than the record says",
        ),
        (
            "UPDATE inspection_inspectoraccess SET public_id = 'another'",
            "access another is in the tables, and no event says so",
        ),
    ],
)
def test_an_access_that_was_changed_past_the_portal_is_named(
    access: InspectorAccess, ig_lead: User, statement: str, named: str
) -> None:
    revoke_access(access, actor=ig_lead)
    assert list(accesses_are_as_recorded()) == []
    behind_the_back(statement)
    assert any(named in sentence for sentence in accesses_are_as_recorded())


def test_an_access_on_record_without_its_row_is_named(ig_lead: User) -> None:
    facts = {"starts": "", "ends": "", "sites": "", "editions": ""}
    gone = InspectorAccess(public_id="gone").record_ref
    record(Verb.INSPECTOR_ACCESS_GRANTED, gone, actor=ig_lead, facts=facts)
    assert list(accesses_are_as_recorded()) == ["access gone is on record, and not in the tables"]
