"""How long an inspector stays in, what ends it, and what cannot be planted."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.models import InspectorAccess, InspectorSession
from evidence_review.inspection.sessions import digest_of
from portal.people.models import User
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.inspection.conftest import Clock, Enter, GiveAccess, page, text_of

pytestmark = pytest.mark.django_db


def is_in(browser: Client, access: InspectorAccess) -> bool:
    return browser.get(page("summary", access)).status_code == 200


def test_half_an_hour_without_a_look_ends_the_session(
    access: InspectorAccess, enter: Enter, clock: Clock
) -> None:
    browser = enter(access)
    clock.forward(minutes=30, seconds=1)
    assert browser.get(page("summary", access)).headers["Location"] == page("open", access)
    said = text_of(browser.get(page("open", access)))
    assert "You were signed out, because nothing happened for a while." in said


def test_looking_keeps_the_session_alive(
    access: InspectorAccess, enter: Enter, clock: Clock
) -> None:
    browser = enter(access)
    for _ in range(4):
        clock.forward(minutes=20)
        assert is_in(browser, access)


def test_twelve_hours_end_the_session_however_busy(
    access: InspectorAccess, enter: Enter, clock: Clock
) -> None:
    browser = enter(access)
    for _ in range(24):
        clock.forward(minutes=29, seconds=59)
        assert is_in(browser, access)
    clock.forward(minutes=1)
    assert not is_in(browser, access)


def test_the_session_ends_with_the_access(
    give_access: GiveAccess, enter: Enter, clock: Clock
) -> None:
    access = give_access(ends=timezone.now() + timedelta(minutes=5))
    browser = enter(access)
    clock.forward(minutes=4, seconds=59)
    assert is_in(browser, access)
    clock.forward(seconds=1)
    assert browser.get(page("summary", access)).status_code == 404


def test_revoking_ends_every_session_at_once(
    access: InspectorAccess, enter: Enter, ig_lead: User
) -> None:
    desk, tablet = enter(access), enter(access, Client(REMOTE_ADDR="203.0.113.1"))
    revoke_access(access, actor=ig_lead)
    for browser in (desk, tablet):
        for name in ("summary", "open", "code"):
            assert browser.get(page(name, access)).status_code == 404


def test_signing_out_ends_the_session_in_the_portal_and_not_only_in_the_browser(
    access: InspectorAccess, enter: Enter
) -> None:
    browser = enter(access)
    key = browser.cookies["inspector"].value
    assert "You have signed out" in text_of(browser.post(page("leave", access)))
    assert Event.objects.latest("seq").verb == Verb.INSPECTOR_ACCESS_CLOSED
    browser.cookies["inspector"] = key
    assert not is_in(browser, access)
    browser.post(page("leave", access))
    assert Event.objects.filter(verb=Verb.INSPECTOR_ACCESS_CLOSED).count() == 1


def test_a_key_planted_before_the_code_opens_nothing_after_it(
    access: InspectorAccess, enter: Enter
) -> None:
    planted = "p" * 43
    browser = Client()
    browser.cookies["inspector"] = planted
    browser.cookies["inspector-asked"] = planted
    enter(access, browser)
    assert browser.cookies["inspector"].value != planted
    stranger = Client()
    stranger.cookies["inspector"] = planted
    assert not is_in(stranger, access)


def test_every_code_gives_a_new_key(access: InspectorAccess, enter: Enter, clock: Clock) -> None:
    browser = enter(access)
    first = browser.cookies["inspector"].value
    clock.forward(minutes=31)
    enter(access, browser)
    assert browser.cookies["inspector"].value != first


def test_a_session_of_one_link_opens_no_other(give_access: GiveAccess, enter: Enter) -> None:
    mine, other = give_access(), give_access(name="Jo Reyes (demo)")
    browser = enter(mine)
    stolen = Client()
    stolen.cookies["inspector"] = browser.cookies["inspector"].value
    assert not is_in(stolen, other)
    assert is_in(stolen, mine)


def test_the_key_is_kept_nowhere_but_in_the_cookie(access: InspectorAccess, enter: Enter) -> None:
    key = enter(access).cookies["inspector"].value
    session = InspectorSession.objects.get()
    assert session.digest == digest_of(key)
    assert key not in str(InspectorSession.objects.values().get())


def test_the_cookies_are_for_this_link_alone_and_out_of_reach_of_scripts(
    access: InspectorAccess, enter: Enter
) -> None:
    asking = Client(REMOTE_ADDR="203.0.113.1")
    asking.post(page("send_code", access))
    for cookie in (asking.cookies["inspector-asked"], enter(access).cookies["inspector"]):
        assert cookie["path"] == page("open", access)
        assert cookie["samesite"] == "Lax"
        assert cookie["httponly"]
        assert cookie["max-age"] <= 12 * 60 * 60


def test_over_https_the_cookie_says_so_in_its_name(
    access: InspectorAccess, settings: Settings, client: Client
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client.post(page("send_code", access))
    assert client.cookies["__Secure-inspector-asked"]["secure"]


@pytest.mark.parametrize("key", ["", "x", "\x00", "\xe9", "' OR 1=1 --", "A" * 9000])
def test_what_is_no_key_opens_nothing(access: InspectorAccess, key: str) -> None:
    browser = Client()
    browser.cookies["inspector"] = key
    assert not is_in(browser, access)
