"""Remove what uploads left behind that were never acknowledged."""

import time
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.storage import byte_store

OLD_ENOUGH = timedelta(hours=1)


def tidy_bytes() -> int:
    """Remove kept bytes and half-received files older than an hour that no version needs.

    Returns how many were removed. Bytes come before their row, so a crash in between leaves bytes
    without one. The hour, and asking again under the write lock, keep an upload that is under way
    right now: keeping bytes that are there already gives them a fresh time.
    """
    before = time.time() - OLD_ENOUGH.total_seconds()
    removed = 0
    for path in byte_store().incoming().iterdir():
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            removed += 1
    old = [sha256 for sha256, kept_at in byte_store().all() if kept_at < before]
    known = set(_needed().values_list("sha256", flat=True))
    return removed + sum(_remove(sha256, before) for sha256 in old if sha256 not in known)


@transaction.atomic
def _remove(sha256: str, before: float) -> int:
    store = byte_store()
    kept_at = store.kept_at(sha256)
    if kept_at is None or kept_at >= before:
        return 0
    if _needed().filter(sha256=sha256).exists():
        return 0
    store.discard(sha256, kept_before=before)
    return 1


def _needed() -> QuerySet[EvidenceVersion]:
    """Return the versions that have bytes: all but those that were disposed of."""
    return EvidenceVersion.objects.exclude(state=VersionState.DISPOSED)
