"""Draw the pages of one file, and keep their pictures in the cache."""

from evidence_review.extraction.actions.ask import PICTURES_TASK
from evidence_review.extraction.actions.claim import conclude
from evidence_review.extraction.actions.look_once import look_once
from evidence_review.extraction.drawing import Drawn, draw
from evidence_review.extraction.models import PagePictures
from evidence_review.extraction.outcomes import Outcome


def draw_pages(sha256: str) -> Outcome | None:
    """Draw the pages of these bytes, as ``look_once`` does it."""
    return look_once(
        PagePictures, sha256, task=PICTURES_TASK, look_in=draw, failed=Drawn, keep=_keep
    )


def _keep(look: PagePictures, drawn: Drawn) -> bool:
    return conclude(
        look, drawn.outcome, drawn.problem, pages=drawn.pages, shown=drawn.shown, size=drawn.size
    )
