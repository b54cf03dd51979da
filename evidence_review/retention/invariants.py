"""What must be true of disposal at all times."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.storage import byte_store
from evidence_review.retention.models import Disposal, LegalHold
from evidence_review.retention.terms import after_months
from portal.record.models import Event
from portal.record.verbs import Verb

_REMOVAL_MAY_TAKE = timedelta(hours=3)


def disposals_were_due() -> Iterator[str]:
    """I19: nothing inside its period or under hold was disposed of, and each has its event."""
    told = {
        (event.object_ref, event.object_version): event.sha256
        for event in Event.objects.filter(verb=Verb.VERSION_DISPOSED).defer("body")
    }
    disposals = Disposal.objects.select_related("version__evidence")
    for one in disposals.iterator():
        about = f"evidence {one.version.evidence.public_id}, version {one.version.number}"
        if one.kept_until < after_months(one.counted_from, one.months) or one.kept_until >= one.day:
            yield f"{about} was disposed of inside its period"
        if one.version.state != VersionState.DISPOSED or one.sha256 != one.version.sha256:
            yield f"{about} has a certificate that does not fit it"
        if told.pop((one.version.evidence.public_id, one.version.number), None) != one.sha256:
            yield f"{about} was disposed of without an event"
        if _was_held(one):
            yield f"{about} was disposed of under a hold"
    for ref, number in told:
        yield f"evidence {ref}, version {number} has no certificate for its disposal"


def _was_held(one: Disposal) -> bool:
    then = Q(placed_at__lt=one.at) & (Q(lifted_at=None) | Q(lifted_at__gt=one.at))
    evidence = one.version.evidence
    covers = Q(scope=LegalHold.Scope.EVERYTHING) | Q(evidence=evidence)
    if evidence.site_id is not None:
        covers |= Q(site=evidence.site_id)
    return LegalHold.objects.filter(then & covers).exists()


def disposed_bytes_are_gone() -> Iterator[str]:
    """I19: what was disposed of is gone, unless another version has the same bytes."""
    disposed = EvidenceVersion.objects.filter(state=VersionState.DISPOSED)
    gone = set(disposed.values_list("sha256", flat=True))
    gone -= set(
        EvidenceVersion.objects.filter(sha256__in=disposed.values("sha256"))
        .exclude(state=VersionState.DISPOSED)
        .values_list("sha256", flat=True)
    )
    long_ago = timezone.now() - _REMOVAL_MAY_TAKE
    late = set(Disposal.objects.filter(at__lt=long_ago).values_list("sha256", flat=True))
    store = byte_store()
    for sha256, kept_at in store.all():
        if sha256 in gone & late and kept_at < long_ago.timestamp():
            yield f"the bytes {sha256} were disposed of and are still there"
    for sha256 in sorted(gone & late):
        if store.in_quarantine(sha256):
            yield f"the bytes {sha256} were disposed of and are still in quarantine"
