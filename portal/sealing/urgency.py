"""When a seal is due."""

from datetime import datetime, timedelta

from portal.record.models import Event
from portal.record.verbs import Verb

AT_ONCE = frozenset(
    {
        Verb.VERSION_APPROVED,
        Verb.POLICY_PUBLISHED,
        Verb.ASSESSMENT_PUBLISHED,
        Verb.PUBLICATION_EXPORTED,
        Verb.INSPECTOR_ACCESS_GRANTED,
        Verb.INSPECTOR_ACCESS_REVOKED,
        Verb.MEMBERSHIP_GRANTED,
        Verb.MEMBERSHIP_ENDED,
        Verb.TOKEN_CREATED,
        Verb.TOKEN_REVOKED,
        Verb.PACK_MADE,
        Verb.DETAILS_ERASED,
        Verb.VERSION_DISPOSED,
        Verb.SEAL_KEY_ROTATED,
        Verb.SEAL_KEY_LOST,
    }
)
"""Approvals, exports, and changes of access and roles: sealed as soon as they are seen."""
LONGEST_WAIT = timedelta(minutes=4)
"""How old an event may grow unsealed; a minute below the five that are promised."""
HEARTBEAT = timedelta(days=1)
"""A record in which nothing happens is sealed this often, so that silence is not a missing seal."""


def is_due(sealed: int, sealed_at: datetime | None, now: datetime) -> bool:
    """Tell whether a seal is due, given the size and time of the last.

    What is dated after ``now`` is due, too: the clock has gone back, so nobody knows how old it is.
    """
    if sealed_at is None or not timedelta(0) <= now - sealed_at < HEARTBEAT:
        return True
    waiting = Event.objects.filter(seq__gt=sealed)
    oldest = waiting.order_by("seq").values_list("at", flat=True).first()
    if oldest is None:
        return False
    return (
        not timedelta(0) <= now - oldest < LONGEST_WAIT or waiting.filter(verb__in=AT_ONCE).exists()
    )
