"""What must be true of approvals and verdicts at all times."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.scanning.models import Verdict
from evidence_review.scanning.queries import latest_verdicts
from portal.record.models import Event
from portal.record.verbs import Verb

_RECALL_MAY_TAKE = timedelta(minutes=20)


def approved_means_clean() -> Iterator[str]:
    """I1: every approved version had a clean verdict on its bytes from a ready scanner."""
    approvals = Event.objects.filter(verb=Verb.VERSION_APPROVED)
    for sha256, approved_at, ref, number in approvals.values_list(
        "sha256", "at", "object_ref", "object_version"
    ).iterator():
        # The event's time is cut to milliseconds; a verdict of the same millisecond counts.
        before = approved_at + timedelta(milliseconds=1)
        clean = Verdict.objects.filter(
            sha256=sha256, verdict=Verdict.Value.CLEAN, at__lte=before
        ).order_by("-pk")
        if not any(_was_ready(verdict) for verdict in clean[:20]):
            yield f"evidence {ref}, version {number} was approved without a clean verdict"


def _was_ready(verdict: Verdict) -> bool:
    """Tell whether the signatures were young enough. Test signatures carry no date."""
    if not verdict.signature_version:
        return True
    if verdict.signature_date is None:
        return False
    return verdict.at - verdict.signature_date <= timedelta(hours=settings.SIGNATURES_MAX_HOURS)


def infected_means_recalled() -> Iterator[str]:
    """I1: no version stays approved for long after its bytes were found infected."""
    long_ago = timezone.now() - _RECALL_MAY_TAKE
    approved = EvidenceVersion.objects.filter(
        state=VersionState.APPROVED,
        sha256__in=Verdict.objects.filter(verdict=Verdict.Value.INFECTED).values("sha256"),
    )
    newest = latest_verdicts(version.sha256 for version in approved)
    for version in approved:
        verdict = newest[version.sha256]
        if verdict.verdict == Verdict.Value.INFECTED and verdict.at < long_ago:
            yield f"{version.record_ref} is approved, but was found infected at {verdict.at}"
