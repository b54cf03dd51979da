"""Take the text out of one file and keep it."""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from evidence_review.evidence.gate import RoomUnavailable
from evidence_review.evidence.storage import BytesMissing
from evidence_review.extraction.actions.ask import TEXT_TASK
from evidence_review.extraction.actions.claim import (
    AGAIN_AFTER,
    DIED,
    claim,
    conclude,
    is_one_too_many,
    let_go,
    let_go_unused,
    may_try_again,
)
from evidence_review.extraction.models import ExtractedText
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.queries import may_be_looked_at
from evidence_review.extraction.reading import FoundText, read_text
from portal.faults import fault_point
from portal.jobs import enqueue

log = logging.getLogger(__name__)


def take_text(sha256: str) -> Outcome | None:
    """Take out the text of these bytes; ``None`` when there was nothing to do.

    Safe to call any number of times, by any number of processes. Whatever the file does, it is
    tried twice at most.
    """
    look = claim(ExtractedText, sha256)
    if look is None:
        return None
    fault_point("text.claimed")
    if not may_be_looked_at(sha256):
        look.delete()
        return None
    try:
        found = FoundText(Outcome.FAILED, DIED) if is_one_too_many(look) else read_text(look)
    except BytesMissing:
        found = FoundText(Outcome.FAILED, "the bytes are not there")
    except (RoomUnavailable, OSError) as problem:
        log.exception("Text could not be taken out: the installation is at fault, not the file")
        let_go_unused(look, repr(problem))
        return None
    return _keep(look, found)


@transaction.atomic
def _keep(look: ExtractedText, found: FoundText) -> Outcome | None:
    """Write the text and tell those who follow it, or plan the second try."""
    if found.again and may_try_again(look):
        if let_go(look, found.problem):
            enqueue(TEXT_TASK, look.sha256, at=timezone.now() + AGAIN_AFTER)
        return Outcome.WAITING
    mine = conclude(
        look,
        found.outcome,
        found.problem,
        text=found.text,
        is_cut=found.is_cut,
        characters=len(found.text),
        pages=found.pages,
        ocr=found.ocr,
    )
    if not mine:
        return None
    for path in settings.TEXT_FOLLOWERS:
        import_string(path)(look.sha256)
    return found.outcome
