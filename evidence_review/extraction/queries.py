"""Named selections of what was found inside kept bytes."""

from collections.abc import Iterable

from evidence_review.extraction.models import ExtractedText, PagePictures


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
