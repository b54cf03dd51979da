"""Remove the bytes of what was disposed of, once no version needs them any more."""

import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.storage import byte_store
from evidence_review.extraction.actions.tidy import forget_looks
from evidence_review.retention.queries import disposed_since
from portal.faults import fault_point

UPLOAD_MAY_TAKE = timedelta(hours=1)
"""Bytes that were kept again just now may belong to an upload whose row is still to come."""
LOOK_BACK = timedelta(days=30)


def discard_bytes(sha256: str) -> bool:
    """Remove the bytes, their text and their pictures; tell whether nothing of them is left.

    Not while another version has the same bytes. Doing it twice does no harm, and whoever is
    killed on the way is followed by the sweep. No event: the disposals say why.
    """
    with transaction.atomic():
        versions = EvidenceVersion.objects.select_for_update().filter(sha256=sha256).order_by("pk")
        states = set(versions.values_list("state", flat=True))
        if states != {VersionState.DISPOSED}:
            return False
        store = byte_store()
        before = time.time() - UPLOAD_MAY_TAKE.total_seconds()
        if (store.kept_at(sha256) or 0) >= before:
            return False
        forget_looks(sha256)
        fault_point("discard.before_bytes")
        store.discard(sha256, kept_before=before)
        store.discard_from_quarantine(sha256)
        fault_point("discard.after_bytes")
        return True


def sweep_discards() -> int:
    """Discard what a job that died left behind; return how many files went."""
    store, gone = byte_store(), 0
    for sha256 in disposed_since(timezone.now() - LOOK_BACK):
        if store.exists(sha256) or store.in_quarantine(sha256):
            gone += discard_bytes(sha256)
    return gone
