"""What follows when bytes turn out to be infected: away with them, wherever they are."""

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.scanning.examination import Scan
from evidence_review.scanning.models import Notice
from evidence_review.scanning.queries import RECALLABLE
from portal.jobs import enqueue
from portal.record.actors import Actor

QUARANTINE_TASK = "evidence_review.scanning.tasks.quarantine_bytes"
RECALL_TASK = "evidence_review.scanning.tasks.recall_infected"
TELL_TASK = "evidence_review.scanning.tasks.tell_people"


def act_on_infection(
    version: EvidenceVersion,
    scan: Scan,
    *,
    actor: Actor,
    about: Notice.About | None = None,
) -> None:
    """Queue what must happen, inside the transaction that writes the INFECTED verdict.

    Nobody can open the bytes from that moment on, because serving them asks for a clean verdict;
    the jobs give every version of these bytes the state that says so.
    """
    enqueue(QUARANTINE_TASK, version.sha256)
    same_bytes = EvidenceVersion.objects.filter(sha256=version.sha256, state__in=RECALLABLE)
    for public_id in same_bytes.values_list("public_id", flat=True):
        enqueue(RECALL_TASK, public_id)
    if about is not None:
        queue_notice(version, about, reason=scan.result.signature_name)


def queue_notice(version: EvidenceVersion, about: Notice.About, *, reason: str) -> None:
    """Keep what people must be told, and hand it to the worker, in the caller's transaction."""
    notice, made = Notice.objects.get_or_create(
        version=version, about=about, defaults={"reason": reason}
    )
    if made:
        enqueue(TELL_TASK, notice.pk)
