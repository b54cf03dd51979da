"""What is kept of people in the pages that inspectors were shown; see ``portal.people.traces``."""

import json
import zlib
from collections.abc import Iterator

from django.utils import timezone

from evidence_review.inspection.models import ShownPage
from portal.people.traces import Fate, Place, Subject


def duties(subject: Subject) -> list[str]:
    """Return nothing: no page must be handed over."""
    return []


def places(subject: Subject) -> list[Place]:
    """Return how many kept pages name them. Reads every kept page."""
    count = sum(1 for _ in _naming(subject))
    return [Place("Pages that inspectors were shown and that name them", count, Fate.DELETED)]


def erase(subject: Subject) -> None:
    """Empty the pages that name them. Of each its SHA-256 stays, and that it was erased."""
    for sha256 in list(_naming(subject)):
        page = ShownPage.objects.filter(sha256=sha256, erased_at__isnull=True)
        page.update(content=b"", erased_at=timezone.now())


def _naming(subject: Subject) -> Iterator[str]:
    # As a name is written in JSON.
    words = [json.dumps(word, ensure_ascii=False)[1:-1].encode() for word in subject.words if word]
    for page in ShownPage.objects.filter(erased_at__isnull=True).iterator(chunk_size=50):
        content = zlib.decompress(bytes(page.content))
        if any(word in content for word in words):
            yield page.sha256
