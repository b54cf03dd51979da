"""Ask for the inside of a file, once for the same bytes however often they are kept."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.extraction.drawing import DRAWABLE
from evidence_review.extraction.models import ExtractedText, PagePictures
from evidence_review.extraction.outcomes import EXTRACTOR_VERSION, RENDERER_VERSION, Outcome
from portal.jobs import enqueue

TEXT_TASK = "evidence_review.extraction.tasks.take_text"
PICTURES_TASK = "evidence_review.extraction.tasks.draw_pages"


def version_is_clean(version: EvidenceVersion) -> None:
    """Ask for text and pictures of a version, in the transaction that finds it clean."""
    ask_for_text(version)
    ask_for_pictures(version)


@transaction.atomic
def ask_for_text(version: EvidenceVersion) -> bool:
    """Ask for the text of these bytes unless this extractor was asked before; tell whether."""
    made = _ask(ExtractedText, version, EXTRACTOR_VERSION)
    if made:
        enqueue(TEXT_TASK, version.sha256)
    return made


@transaction.atomic
def ask_for_pictures(version: EvidenceVersion) -> bool:
    """Ask for the pictures of these bytes unless this renderer was asked before; tell whether.

    Only for files that have pages to draw.
    """
    made = version.extension in DRAWABLE and _ask(PagePictures, version, RENDERER_VERSION)
    if made:
        enqueue(PICTURES_TASK, version.sha256)
    return made


def _ask(
    table: type[ExtractedText] | type[PagePictures], version: EvidenceVersion, made_by: str
) -> bool:
    """Write, or start afresh, the row a job will claim. A text from before stays until then."""
    row, made = table.objects.get_or_create(
        sha256=version.sha256, defaults={"extension": version.extension, "made_by": made_by}
    )
    if made or row.made_by == made_by:
        return made
    older = table.objects.filter(sha256=version.sha256, made_by=row.made_by)
    return bool(older.update(made_by=made_by, **_afresh(version.extension)))


def _afresh(extension: str) -> dict[str, Any]:
    return {
        "extension": extension,
        "outcome": Outcome.WAITING,
        "problem": "",
        "attempts": 0,
        "claim": "",
        "claimed_until": None,
        "asked_at": timezone.now(),
    }
