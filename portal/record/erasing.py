"""The one way to erase the details of events: names, titles and free text beside the sealed bytes.

An erasure is an event itself. It says how many details went and from which span of the record, and
holds the SHA-256 of the numbers of those events, so that ``portal.record.verification`` can tell an
erasure from a detail that somebody took away.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from portal.record.actors import Actor
from portal.record.models import ErasedDetail, Event, EventDetail, LogHead
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb

AT_ONCE = 1000
"""Details that one erasure takes away at most: the head of the record stays locked meanwhile."""


class ErasedList:
    """The SHA-256 of the numbers of erased events, in order, each on a line of its own."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, seq: int) -> None:
        """Put the next number to it."""
        self._hash.update(b"%d\n" % seq)
        self.count += 1

    @property
    def hexdigest(self) -> str:
        """The hash of what was put to it so far."""
        return self._hash.hexdigest()


def erase_details(
    seqs: Iterable[int],
    about: ObjectRef,
    *,
    actor: Actor,
    facts: Mapping[str, str | int] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Event:
    """Erase the details of these events, at most ``AT_ONCE``; return the event that says so.

    Those that are erased already are passed over; the event is written even when none is left,
    because the erasure reaches rows of other rooms, too. ``about`` is the person, inspector or
    event it is about. ``facts`` (a reason's code, never words) and ``detail`` are added to it.

    Call it in the transaction of the change, after your own rows are locked: it locks the head.
    Raises ``NotInTransaction`` outside one and ``ValueError`` for more than ``AT_ONCE`` events.
    """
    wanted = set(seqs)
    if len(wanted) > AT_ONCE:
        raise ValueError(f"an erasure takes away {AT_ONCE} details at most")
    LogHead.objects.select_for_update().get()
    kept = EventDetail.objects.filter(event__in=wanted).exclude(text="")
    erased = list(kept.order_by("event_id").values_list("event_id", flat=True))
    numbers = ErasedList()
    for seq in erased:
        numbers.add(seq)
    span = {"first": erased[0], "last": erased[-1]} if erased else {}
    erasure = record(
        Verb.DETAILS_ERASED,
        about,
        actor=actor,
        facts={**(facts or {}), "details": len(erased), **span, "events": numbers.hexdigest},
        detail=detail,
    )
    ErasedDetail.objects.bulk_create(ErasedDetail(event_id=seq, erasure=erasure) for seq in erased)
    EventDetail.objects.filter(event__in=erased).delete()
    return erasure
