"""What the scanner said of which bytes, and what has still to be looked at."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import READABLE, TRANSITIONS, VersionState, VersionVerb
from evidence_review.scanning.models import Notice, Verdict
from evidence_review.scanning.scanner import EngineVersion

NOT_YET_APPROVED = frozenset({VersionState.IN_REVIEW, VersionState.RETURNED, VersionState.REFUSED})
"""Looked at again as soon as there are new signatures."""
RECALLABLE = frozenset(state for state, verb in TRANSITIONS if verb is VersionVerb.RECALL)
NOTHING_LEFT_TO_READ = frozenset(
    {
        VersionState.INFECTED,
        VersionState.RECALLED,
        VersionState.REFUSED_BY_GATE,
        VersionState.UNSCANNABLE,
        VersionState.DISPOSED,
    }
)
"""Bytes that only belong to versions in these states need not be kept where they can be served."""
REUSABLE_FOR = timedelta(hours=24)
_FAILED_SCAN_AGAIN_AFTER = timedelta(days=1)


def latest_verdict(sha256: str) -> Verdict | None:
    """Return the newest verdict on these bytes; a failed scan counts only if there is no other."""
    return latest_verdicts([sha256]).get(sha256)


def latest_verdicts(sha256s: Iterable[str]) -> dict[str, Verdict]:
    """Return the newest verdict for each SHA-256 that has one, in one query.

    A failed scan counts only where there is no other verdict.
    """
    newest = (
        Verdict.objects.filter(sha256__in=set(sha256s))
        .order_by()
        .values("sha256")
        .annotate(
            newest=Coalesce(Max("pk", filter=~Q(verdict=Verdict.Value.ERROR)), Max("pk")),
        )
        .values("newest")
    )
    return {verdict.sha256: verdict for verdict in Verdict.objects.filter(pk__in=newest)}


def is_clean(sha256: str) -> bool:
    """Tell whether the scanner's newest word on these bytes, failed scans aside, is CLEAN."""
    newest = _spoken(sha256).values_list("verdict", flat=True).first()
    return newest == Verdict.Value.CLEAN


def are_clean(versions: QuerySet[EvidenceVersion]) -> QuerySet[EvidenceVersion]:
    """Return those of the versions for whose bytes :func:`is_clean` says yes."""
    newest = _spoken(OuterRef("sha256")).values("verdict")[:1]
    return versions.alias(newest_verdict=Subquery(newest)).filter(
        newest_verdict=Verdict.Value.CLEAN
    )


def _spoken(sha256: "str | OuterRef") -> QuerySet[Verdict]:
    return (
        Verdict.objects.filter(sha256=sha256).exclude(verdict=Verdict.Value.ERROR).order_by("-pk")
    )


def reusable_verdict(
    sha256: str, engine: EngineVersion, gate_version: str, now: datetime
) -> Verdict | None:
    """Return a CLEAN verdict of today on these bytes, by this engine, signatures and gate.

    Signatures of one's own carry no number, so it cannot be known whether they are the same: no
    verdict of theirs is used twice.
    """
    if not engine.signature_version:
        return None
    newest = _spoken(sha256).first()
    if (
        newest
        and newest.verdict == Verdict.Value.CLEAN
        and newest.engine == engine.engine
        and newest.signature_version == engine.signature_version
        and newest.gate_version == gate_version
        and newest.at > now - REUSABLE_FOR
    ):
        return newest
    return None


def due_for_rescan(engine: EngineVersion, now: datetime) -> QuerySet[EvidenceVersion]:
    """Return the versions to be looked at again with these signatures, most urgent first.

    Those not yet approved at once; those uploaded in the last weeks every day; all others every
    month. Whatever was only ever seen by test signatures: at once.
    """
    young = timedelta(days=settings.RESCAN_YOUNG_DAYS)
    newest = _spoken(OuterRef("sha256"))
    failed = Verdict.objects.filter(
        sha256=OuterRef("sha256"), verdict=Verdict.Value.ERROR
    ).order_by("-pk")
    return (
        EvidenceVersion.objects.filter(state__in=READABLE)
        .annotate(
            seen_with=Subquery(newest.values("signature_version")[:1]),
            seen_by=Subquery(newest.values("engine")[:1]),
            seen_at=Subquery(newest.values("at")[:1]),
            failed_at=Subquery(failed.values("at")[:1]),
        )
        .exclude(seen_at=None)
        .exclude(seen_with=engine.signature_version, seen_by=engine.engine)
        .filter(
            Q(state__in=NOT_YET_APPROVED)
            | Q(seen_with="")
            | Q(uploaded_at__gt=now - young, seen_at__lte=now - timedelta(hours=23))
            | Q(seen_at__lte=now - young)
        )
        .filter(
            Q(failed_at=None)
            | Q(failed_at__lt=F("seen_at"))
            | Q(failed_at__lte=now - _FAILED_SCAN_AGAIN_AFTER)
        )
        .order_by("seen_at", "pk")
    )


def lock_versions_of(evidence_id: int) -> list[EvidenceVersion]:
    """Lock an evidence and all its versions, and return the versions.

    In the same order as ``evidence.queries.lock_version``: the evidence first. Two queries, because
    every check of every upload asks them.
    """
    evidence = Evidence.objects.select_for_update().only("public_id").get(pk=evidence_id)
    versions = list(
        EvidenceVersion.objects.select_for_update().filter(evidence_id=evidence_id).order_by()
    )
    for version in versions:
        version.evidence = evidence
    return versions


def waiting_versions() -> QuerySet[EvidenceVersion]:
    """Return the versions that wait for their check, the longest waiting first."""
    return EvidenceVersion.objects.filter(state=VersionState.WAITING).order_by("state_since", "pk")


def unsent_notices(now: datetime) -> QuerySet[Notice]:
    """Return the notices that nobody is sending."""
    return Notice.objects.filter(sent_at=None).filter(
        Q(claimed_until=None) | Q(claimed_until__lte=now)
    )


def infected_but_readable() -> QuerySet[EvidenceVersion]:
    """Return versions that can still be recalled although their bytes were once found infected."""
    found = Verdict.objects.filter(verdict=Verdict.Value.INFECTED).values("sha256")
    return EvidenceVersion.objects.filter(sha256__in=found, state__in=RECALLABLE)


def out_of_use(since: datetime) -> QuerySet[EvidenceVersion]:
    """Return versions infected or recalled since then whose bytes no other version needs."""
    needed = EvidenceVersion.objects.filter(sha256=OuterRef("sha256")).exclude(
        state__in=NOTHING_LEFT_TO_READ
    )
    gone = (VersionState.INFECTED, VersionState.RECALLED)
    return EvidenceVersion.objects.filter(state__in=gone, state_since__gt=since).exclude(
        Exists(needed)
    )
