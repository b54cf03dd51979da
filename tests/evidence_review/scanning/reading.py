"""What the record says, for assertions."""

from evidence_review.evidence.models import EvidenceVersion
from portal.record.models import Event


def verbs_of(version: EvidenceVersion) -> list[str]:
    """Return what the record says of one version, oldest first."""
    events = Event.objects.filter(
        object_ref=version.evidence.public_id, object_version=version.number
    )
    return list(events.order_by("seq").values_list("verb", flat=True))
