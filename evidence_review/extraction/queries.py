"""Named selections of what was found inside kept bytes."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import READABLE
from evidence_review.extraction.models import ExtractedText, LookInside, PagePictures
from evidence_review.extraction.outcomes import EXTRACTOR_VERSION, Outcome
from evidence_review.scanning.queries import are_clean, is_clean


def text_of(sha256: str) -> ExtractedText | None:
    """Return what is known of the text of these bytes; ``None`` when nobody looked yet.

    ``text`` is empty while the row waits and when nothing could be read; while it waits for a newer
    extractor it is still the one found before.
    """
    return ExtractedText.objects.filter(sha256=sha256).first()


def texts_of(sha256s: Iterable[str]) -> dict[str, ExtractedText]:
    """Return the texts of these bytes by SHA-256, without those nobody looked at, in one query."""
    return {found.sha256: found for found in ExtractedText.objects.filter(sha256__in=set(sha256s))}


def pictures_of(sha256: str) -> PagePictures | None:
    """Return where the pictures of these bytes stand; ``None`` when nobody asked for them yet."""
    return PagePictures.objects.filter(sha256=sha256).first()


def may_be_looked_at(sha256: str) -> bool:
    """Whether these bytes are clean, and belong to a version that people may open."""
    return _readable().filter(sha256=sha256).exists() and is_clean(sha256)


def never_read() -> QuerySet[EvidenceVersion]:
    """Return clean, readable versions whose bytes this extractor was not asked about, newest first.

    Those that were kept before there was an extractor, and all after its version rises.
    """
    asked = ExtractedText.objects.filter(sha256=OuterRef("sha256"), made_by=EXTRACTOR_VERSION)
    return are_clean(_readable().filter(~Exists(asked))).order_by("-pk")


def left_lying(
    table: type[ExtractedText] | type[PagePictures], now: datetime, asked_before: datetime
) -> QuerySet[LookInside]:
    """Return the looks whose job was lost: asked for long ago, or claimed by one that is gone."""
    lost = Q(claimed_until=None, asked_at__lt=asked_before) | Q(claimed_until__lte=now)
    return table._default_manager.filter(lost, outcome=Outcome.WAITING).order_by("asked_at")


def of_nothing_readable(
    table: type[ExtractedText] | type[PagePictures],
) -> QuerySet[LookInside]:
    """Return the looks into bytes that no version people may open has any more."""
    readable = _readable().filter(sha256=OuterRef("sha256"))
    return table._default_manager.filter(~Exists(readable))


def _readable() -> QuerySet[EvidenceVersion]:
    return EvidenceVersion.objects.filter(state__in=READABLE)
