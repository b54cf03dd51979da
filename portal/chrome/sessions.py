"""How long somebody stays signed in: an idle limit and a limit for the whole session.

The session is written at most once a minute, so that reading pages costs no write.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

BEGAN = "began"
SEEN = "seen"
_WRITE_EVERY_SECONDS = 60


@dataclass(frozen=True)
class Ended:
    """A session that is over, with the sentence that says why."""

    sentence: str


def visit(session: SessionBase, *, counts: bool) -> Ended | None:
    """Note that somebody is here; return why their session is over, if it is.

    ``counts`` is False for requests that a page makes by itself: they keep nobody signed in.
    """
    if SESSION_KEY not in session:
        return None
    now = int(time.time())
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    if now - seen > settings.SESSION_IDLE_SECONDS:
        minutes = settings.SESSION_IDLE_SECONDS // 60
        return Ended(f"You were signed out because nothing happened for {minutes} minutes.")
    if now - began > settings.SESSION_COOKIE_AGE:
        hours = settings.SESSION_COOKIE_AGE // 3600
        return Ended(f"You were signed out because you had been signed in for {hours} hours.")
    if BEGAN not in session:
        session[BEGAN] = now
    if SEEN not in session or (counts and now - seen >= _WRITE_EVERY_SECONDS):
        session[SEEN] = now
    return None
