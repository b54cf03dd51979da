"""Move bytes that nobody may read any more to where nothing serves them."""

from django.db import transaction

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.storage import byte_store
from evidence_review.scanning.queries import NOTHING_LEFT_TO_READ


def quarantine_bytes(sha256: str) -> bool:
    """Move the bytes to quarantine unless some version still needs them; tell whether they went.

    The same bytes may belong to several versions: they go when the last of them is out of use.
    Doing it twice does no harm. No event: the events of the versions say why.
    """
    with transaction.atomic():
        versions = EvidenceVersion.objects.select_for_update().filter(sha256=sha256).order_by("pk")
        states = set(versions.values_list("state", flat=True))
        if not states or states - NOTHING_LEFT_TO_READ:
            return False
        byte_store().quarantine(sha256)
        return True
