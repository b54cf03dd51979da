"""Draw the pages of one file, and keep their pictures in the cache."""

import logging

from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.gate import RoomUnavailable
from evidence_review.evidence.storage import BytesMissing
from evidence_review.extraction.actions.ask import PICTURES_TASK
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
from evidence_review.extraction.drawing import Drawn, draw
from evidence_review.extraction.models import PagePictures
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.queries import may_be_looked_at
from portal.faults import fault_point
from portal.jobs import enqueue

log = logging.getLogger(__name__)


def draw_pages(sha256: str) -> Outcome | None:
    """Draw the pages of these bytes; ``None`` when there was nothing to do.

    Safe to call any number of times, by any number of processes. Whatever the file does, it is
    tried twice at most.
    """
    look = claim(PagePictures, sha256)
    if look is None:
        return None
    fault_point("pages.claimed")
    if not may_be_looked_at(sha256):
        look.delete()
        return None
    try:
        drawn = Drawn(Outcome.FAILED, DIED) if is_one_too_many(look) else draw(look)
    except BytesMissing:
        drawn = Drawn(Outcome.FAILED, "the bytes are not there")
    except (RoomUnavailable, OSError) as problem:
        log.exception("Pages could not be drawn: the installation is at fault, not the file")
        let_go_unused(look, repr(problem))
        return None
    return _keep(look, drawn)


@transaction.atomic
def _keep(look: PagePictures, drawn: Drawn) -> Outcome | None:
    if drawn.again and may_try_again(look):
        if let_go(look, drawn.problem):
            enqueue(PICTURES_TASK, look.sha256, at=timezone.now() + AGAIN_AFTER)
        return Outcome.WAITING
    mine = conclude(
        look, drawn.outcome, drawn.problem, pages=drawn.pages, shown=drawn.shown, size=drawn.size
    )
    return drawn.outcome if mine else None
