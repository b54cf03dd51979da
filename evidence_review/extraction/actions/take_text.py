"""Take the text out of one file and keep it."""

from django.conf import settings
from django.utils.module_loading import import_string

from evidence_review.extraction.actions.ask import TEXT_TASK
from evidence_review.extraction.actions.claim import conclude
from evidence_review.extraction.actions.look_once import look_once
from evidence_review.extraction.models import ExtractedText
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.reading import FoundText, read_text


def take_text(sha256: str) -> Outcome | None:
    """Take out the text of these bytes, as ``look_once`` does it."""
    return look_once(
        ExtractedText, sha256, task=TEXT_TASK, look_in=read_text, failed=FoundText, keep=_keep
    )


def _keep(look: ExtractedText, found: FoundText) -> bool:
    """Write the text and tell those who follow it."""
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
    if mine:
        for path in settings.TEXT_FOLLOWERS:
            import_string(path)(look.sha256)
    return mine
