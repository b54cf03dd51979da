"""A moment of the past, counted by the record: what had been written down by then.

A moment is a number of events, because the record never runs backwards and a clock may. The time of
its last event says which rows of a table's history belong to it: a change and its event are kept by
one transaction, the row of the history a few milliseconds before the event.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from portal.record.models import Event, LogHead

BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)
_EVENTS_COUNT_IN = timedelta(milliseconds=1)


class NoSuchMoment(LookupError):
    """The record is not that long."""


@dataclass(frozen=True)
class Moment:
    """After the record's first ``size`` events, the last of them at ``at``."""

    size: int
    at: datetime

    @property
    def history_before(self) -> datetime:
        """The time before which a row of a history was written at this moment, or earlier.

        Events are kept to the millisecond, rows of a history to the microsecond. So the row that
        was written with the moment's own event belongs to it, and so does all else that was written
        within that millisecond.
        """
        return self.at + _EVENTS_COUNT_IN


def moment_now() -> Moment:
    """Return the moment of the record's newest event."""
    size, at = LogHead.objects.values_list("size", "last_at").get()
    return Moment(size, at or timezone.now())


def moment_at(when: datetime) -> Moment:
    """Return the moment as it was at a time; of size 0 before the record began."""
    found = Event.objects.filter(at__lte=when).order_by("-at", "-seq")
    newest = found.values_list("seq", "at").first()
    return Moment(*newest) if newest else Moment(0, when)


def moment_of(size: int) -> Moment:
    """Return the moment after so many events.

    Raises:
        NoSuchMoment: the record has never been of that size.
    """
    if size == 0:
        return Moment(0, BEFORE_EVERYTHING)
    at = Event.objects.filter(seq=size).values_list("at", flat=True).first()
    if at is None:
        raise NoSuchMoment(f"The record has no event {size}.")
    return Moment(size, at)


def record_began() -> datetime | None:
    """Return when the first event was written; ``None`` while there is none."""
    return Event.objects.filter(seq=1).values_list("at", flat=True).first()
