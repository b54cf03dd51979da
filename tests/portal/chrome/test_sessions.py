"""How long somebody stays signed in."""

import time
from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]

MINUTE = 60
Later = Callable[[int], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Return a function that moves the clock on by so many seconds from now."""
    start = time.time()

    def move(seconds: int) -> None:
        monkeypatch.setattr("portal.chrome.sessions.time.time", lambda: start + seconds)

    return move


def test_somebody_idle_for_too_long_is_signed_out_and_told(signed_in: Client, later: Later) -> None:
    signed_in.get("/gallery/")
    later(31 * MINUTE)

    answer = signed_in.get("/gallery/?page=2", follow=True)

    assert answer.redirect_chain == [("/account/login/?next=/gallery/%3Fpage%3D2", 302)]
    assert "signed out because nothing happened for 30 minutes" in answer.content.decode()
    assert signed_in.get("/gallery/").context is None or not signed_in.session.get("_auth_user_id")


def test_somebody_who_comes_back_in_time_stays(signed_in: Client, later: Later) -> None:
    for minutes in (0, 29, 58, 87):
        later(minutes * MINUTE)
        assert "Sign out" in signed_in.get("/gallery/").content.decode()


def test_nobody_stays_longer_than_twelve_hours(signed_in: Client, later: Later) -> None:
    for minutes in range(0, 12 * 60 + 1, 20):
        later(minutes * MINUTE)
        assert signed_in.get("/gallery/").status_code == 200
    later((12 * 60 + 10) * MINUTE)

    answer = signed_in.get("/gallery/", follow=True)

    assert "signed in for 12 hours" in answer.content.decode()


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(signed_in: Client, later: Later) -> None:
    signed_in.get("/gallery/")
    for minutes in range(2, 31, 4):
        later(minutes * MINUTE)
        signed_in.get("/gallery/", headers={"X-Background": "1"})
        signed_in.get("/admin/editing-sessions/ping/")
    later(31 * MINUTE)

    answer = signed_in.get("/gallery/", headers={"X-Background": "1", "Accept": "application/json"})

    assert answer.status_code == 401
    assert "Sign in to carry on" in answer.json()["detail"]


def test_what_was_sent_too_late_is_not_done_and_said_so(signed_in: Client, later: Later) -> None:
    signed_in.get("/gallery/")
    later(31 * MINUTE)

    answer = signed_in.post("/gallery/", {"title": "x"}, follow=True)

    assert answer.redirect_chain == [("/account/login/?next=/", 302)]
    assert "What you sent was not saved." in answer.content.decode()


def test_the_sign_in_page_itself_does_not_redirect_to_itself(
    signed_in: Client, later: Later
) -> None:
    signed_in.get("/gallery/")
    later(31 * MINUTE)

    answer = signed_in.get("/account/login/")

    assert answer.status_code == 200
    assert "nothing happened for 30 minutes" in answer.content.decode()


def test_reading_writes_the_session_at_most_once_a_minute(
    signed_in: Client, later: Later, django_assert_max_num_queries
) -> None:
    def writes(seconds: int) -> int:
        later(seconds)
        with django_assert_max_num_queries(10) as asked:
            signed_in.get("/gallery/")
        return _session_writes(asked)

    assert writes(0) == 1  # the first visit stamps the session
    assert [writes(second) for second in (1, 20, 40, 59)] == [0, 0, 0, 0]
    assert writes(61) == 1


def test_somebody_who_is_not_signed_in_gets_no_session(client: Client) -> None:
    client.get("/help/")

    assert django_settings.SESSION_COOKIE_NAME not in client.cookies


def _session_writes(asked: CaptureQueriesContext) -> int:
    table = '"django_session"'
    return sum(
        table in query["sql"] and not query["sql"].startswith("SELECT")
        for query in asked.captured_queries
    )
