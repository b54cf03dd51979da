"""What the worker does about reading. Delivered twice, each does no more than once."""

from datetime import timedelta

from django.utils import timezone

from portal.jobs import enqueue
from portal.reading import notices
from portal.reading.actions import count_readers
from portal.reading.models import Nudge

_WAIT_MINUTES = (5, 30, 180)


def recount(page_id: int) -> None:
    """Count one policy anew."""
    count_readers.recount(page_id)


def recount_after_changes() -> int:
    """Count every policy anew if somebody's place changed; return how many were counted."""
    return count_readers.recount_after_changes()


def recount_of_yesterday() -> int:
    """Count anew what was last counted before today; return how many policies that were."""
    return count_readers.recount_of_yesterday()


def send_nudges(first: int, last: int, attempt: int = 0) -> int:
    """Send the reminders with these numbers that are not sent; return how many.

    A mail server that is away is tried again after a while; the last failure is raised, so that it
    stands among the failed jobs.
    """
    waiting = Nudge.objects.filter(pk__range=(first, last), sent_at=None)
    sent = 0
    try:
        for nudge in waiting.select_related("page__in_force__version", "person", "by"):
            sent += notices.send_nudge(nudge)
    except OSError:
        if attempt >= len(_WAIT_MINUTES):
            raise
        at = timezone.now() + timedelta(minutes=_WAIT_MINUTES[attempt])
        enqueue("portal.reading.tasks.send_nudges", first, last, attempt + 1, at=at)
    return sent
