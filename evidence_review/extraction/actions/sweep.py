"""Find looks inside that were never asked for or left lying, and hand them to the worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from evidence_review.extraction.actions.ask import PICTURES_TASK, TEXT_TASK, ask_for_text
from evidence_review.extraction.models import ExtractedText, PagePictures
from evidence_review.extraction.queries import left_lying, never_read
from portal.jobs import enqueue

AT_ONCE = 200
"""How many of a kind one sweep takes up: uploads wait for their virus check in the same queue."""
_QUEUED_JOBS_MAY_TAKE = timedelta(minutes=30)


@dataclass(frozen=True)
class Swept:
    """How many were asked for, and how many handed to the worker again."""

    asked: int
    again: int


def sweep_looks() -> Swept:
    """Ask for the texts nobody asked for, and put lost jobs back in the queue.

    The texts are those of files that were kept before there was an extractor, or by an older one.
    """
    now = timezone.now()
    again = _queue_again(ExtractedText, TEXT_TASK, now)
    again += _queue_again(PagePictures, PICTURES_TASK, now)
    asked = sum(ask_for_text(version) for version in never_read()[:AT_ONCE])
    return Swept(asked, again)


@transaction.atomic
def _queue_again(table: type[ExtractedText] | type[PagePictures], task: str, now: datetime) -> int:
    lost = left_lying(table, now, now - _QUEUED_JOBS_MAY_TAKE)
    looks = list(lost.values_list("pk", "sha256")[:AT_ONCE])
    # Asked for at this moment, so that the next sweep leaves it alone for a while.
    table.objects.filter(pk__in=[pk for pk, _ in looks]).update(
        asked_at=now, claim="", claimed_until=None
    )
    for _, sha256 in looks:
        enqueue(task, sha256)
    return len(looks)
