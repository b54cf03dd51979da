"""How often a code may be asked for: enough for everybody, a flood for nobody."""

import pytest
from django.core import mail
from django.test import Client

from evidence_review.inspection.models import InspectorAccess, InspectorCode
from portal.record.models import Event
from tests.evidence_review.inspection.conftest import (
    Clock,
    Enter,
    GiveAccess,
    page,
    text_of,
)
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db
HOME, STRANGER = "203.0.113.7", "198.51.100.9"


def ask(access: InspectorAccess, address: str = HOME) -> int:
    """Ask for a code from a network address, in a browser nobody has seen; return the status."""
    answer = Client(REMOTE_ADDR=address).post(page("send_code", access))
    return answer.status_code


def ask_patiently(access: InspectorAccess, clock: Clock, times: int, address: str = HOME) -> None:
    for _ in range(times):
        clock.forward(seconds=31)
        assert ask(access, address) == 302


def test_two_codes_in_half_a_minute_are_one_too_many(
    access: InspectorAccess, clock: Clock, run_jobs: RunJobs
) -> None:
    assert ask(access) == 302
    events = Event.objects.count()
    answer = Client(REMOTE_ADDR=HOME).post(page("send_code", access))
    assert answer.status_code == 429
    assert "Wait half a minute" in text_of(answer)
    assert Event.objects.count() == events
    run_jobs()
    assert len(mail.outbox) == 1
    clock.forward(seconds=31)
    assert ask(access) == 302


def test_one_address_gets_five_codes_an_hour(access: InspectorAccess, clock: Clock) -> None:
    ask_patiently(access, clock, 5)
    clock.forward(seconds=31)
    assert ask(access) == 429
    clock.forward(minutes=61)
    assert ask(access) == 302


def test_what_is_counted_is_kept_as_a_digest_and_not_as_an_address(
    access: InspectorAccess,
) -> None:
    ask(access)
    assert HOME not in str(InspectorCode.objects.values().get())


def test_a_stranger_at_one_address_leaves_the_inspector_codes_to_ask_for(
    access: InspectorAccess, clock: Clock
) -> None:
    ask_patiently(access, clock, 5, STRANGER)
    assert ask(access, STRANGER) == 429
    assert ask(access, HOME) == 302


def test_a_mailbox_gets_twenty_codes_an_hour_however_many_addresses_ask(
    access: InspectorAccess, clock: Clock
) -> None:
    for number in range(20):
        assert ask(access, f"198.51.100.{number}") == 302
    assert ask(access, "198.51.100.200") == 429
    assert ask(access, HOME) == 429
    clock.forward(minutes=61)
    assert ask(access, HOME) == 302


def test_an_address_that_was_right_once_is_not_shut_out_by_strangers(
    access: InspectorAccess, clock: Clock, enter: Enter
) -> None:
    enter(access, Client(REMOTE_ADDR=HOME))
    for number in range(19):
        assert ask(access, f"198.51.100.{number}") == 302
    assert ask(access, "198.51.100.200") == 429
    clock.forward(seconds=31)
    assert ask(access, HOME) == 302


def test_one_address_gets_twenty_codes_an_hour_over_all_links(
    give_access: GiveAccess, clock: Clock
) -> None:
    for _ in range(4):
        ask_patiently(give_access(), clock, 5)
    clock.forward(seconds=31)
    assert ask(give_access()) == 429
    assert ask(give_access(), STRANGER) == 302


def test_wrong_tries_use_up_no_codes(access: InspectorAccess, clock: Clock) -> None:
    browser = Client(REMOTE_ADDR=HOME)
    browser.post(page("send_code", access))
    for _ in range(10):
        browser.post(page("code", access), {"code": "00000000"})
    clock.forward(seconds=31)
    assert ask(access) == 302
