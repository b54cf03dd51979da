"""An inspector's session: apart from everybody's sign-in, and never longer than the access."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from evidence_review.inspection.codes import keyed_digest
from evidence_review.inspection.models import InspectorSession

NOTED_EVERY = timedelta(minutes=1)
"""A look is noted on the session at most this often, so that reading costs no second write."""


def new_key() -> str:
    """Return 256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """Return what is stored of a session's key."""
    return keyed_digest("session", key)


def longest_idle() -> timedelta:
    """Return how long a session lasts without a look."""
    return timedelta(seconds=settings.SESSION_IDLE_SECONDS)


def longest() -> timedelta:
    """Return how long a session lasts at most."""
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def is_over(session: InspectorSession) -> bool:
    """Tell whether the session was ended, was idle too long or has lasted too long."""
    now = timezone.now()
    return (
        session.ended_at is not None
        or now - session.seen_at > longest_idle()
        or now - session.started_at > longest()
    )


def unbroken() -> QuerySet[InspectorSession]:
    """Return the sessions that may still receive bytes: idle or not, a download may run on."""
    now = timezone.now()
    return InspectorSession.objects.filter(
        Q(access__revoked_at__isnull=True),
        ended_at__isnull=True,
        started_at__gte=now - longest(),
        access__starts__lte=now,
        access__ends__gt=now,
    )


def session_with(link_key: str, key: str) -> InspectorSession | None:
    """Return the session this cookie opens under this link, if it may look at anything now."""
    return (
        unbroken()
        .select_related("access", "access__granted_by")
        .filter(
            digest=digest_of(key),
            access__link_key=link_key,
            seen_at__gte=timezone.now() - longest_idle(),
        )
        .first()
    )
