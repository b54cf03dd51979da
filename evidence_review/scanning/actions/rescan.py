"""Look again, with new signatures, at files that were found clean before."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.queries import lock_version
from evidence_review.evidence.states import VersionVerb, may
from evidence_review.evidence.storage import BytesMissing, byte_store
from evidence_review.scanning import readiness
from evidence_review.scanning.actions.act_on_infection import act_on_infection
from evidence_review.scanning.actions.recall import recall_locked
from evidence_review.scanning.examination import Scan, scan_file
from evidence_review.scanning.models import Verdict
from evidence_review.scanning.queries import due_for_rescan, latest_verdicts
from evidence_review.scanning.scanner import EngineVersion, ScanResult
from evidence_review.scanning.verdicts import scan_facts, verdict_row
from portal.jobs import enqueue
from portal.record.actors import SCANNER, Actor
from portal.record.record import Entry, record_all
from portal.record.verbs import Verb

RESCAN_TASK = "evidence_review.scanning.tasks.rescan_batch"
_UNDER_WAY = "scanning.rescan-under-way"
_UNDER_WAY_SECONDS = 600


@dataclass(frozen=True)
class Rescanned:
    """How many files one batch looked at, and how many of them must go."""

    files: int
    infected: int
    more: bool


def plan_rescans() -> bool:
    """Start looking again if there is anything to look at with the signatures of now.

    New signatures are noticed here: verdicts that were given with other ones become due.
    """
    engine = _engine_now()
    if engine is None or not due_for_rescan(engine, timezone.now()).exists():
        return False
    # One batch after the other, however often this is called. Two at a time would do no harm.
    if not cache.add(_UNDER_WAY, "yes", _UNDER_WAY_SECONDS):
        return False
    enqueue(RESCAN_TASK)
    return True


def rescan_batch(*, actor: Actor = SCANNER) -> Rescanned:
    """Look again at the next few files, write what was found, and queue the next batch.

    Files are scanned outside any transaction. What is found clean is written for the whole batch
    at once; what is infected is recalled file by file.
    """
    engine = _engine_now()
    if engine is None:
        cache.delete(_UNDER_WAY)
        return Rescanned(0, 0, more=False)
    scanned = _scan_some(engine)
    clean = [pair for pair in scanned if pair[1].result.verdict is not Verdict.Value.INFECTED]
    _keep(clean, actor)
    infected = [pair for pair in scanned if pair[1].result.verdict is Verdict.Value.INFECTED]
    for version, scan in infected:
        _recall(version, scan, actor)
    more = bool(scanned) and due_for_rescan(engine, timezone.now()).exists()
    if more:
        cache.set(_UNDER_WAY, "yes", _UNDER_WAY_SECONDS)
        enqueue(RESCAN_TASK)
    else:
        cache.delete(_UNDER_WAY)
    return Rescanned(len(scanned), len(infected), more)


def _engine_now() -> EngineVersion | None:
    """Return the signatures of now, or nothing while the scanner cannot be relied on."""
    found = readiness.measure()
    return found.version if found.ready else None


def _scan_some(engine: EngineVersion) -> list[tuple[EvidenceVersion, Scan]]:
    ends = time.monotonic() + settings.RESCAN_BATCH_SECONDS
    due = due_for_rescan(engine, timezone.now()).select_related("evidence")
    by_bytes = {version.sha256: version for version in due[: settings.RESCAN_BATCH]}
    scanned: list[tuple[EvidenceVersion, Scan]] = []
    for version in by_bytes.values():
        scan = _look_at(version)
        if scan.result.verdict is Verdict.Value.ERROR and not readiness.measure().ready:
            # Not this file's fault: leave it and the rest for when the scanner works again.
            break
        scanned.append((version, scan))
        if time.monotonic() > ends:
            break
    return scanned


def _look_at(version: EvidenceVersion) -> Scan:
    try:
        with byte_store().local_copy(version.sha256) as path:
            return scan_file(path, version, reuse=False)
    except (BytesMissing, OSError) as problem:
        detail = f"The bytes cannot be read: {problem!r}."[:300]
        return Scan(ScanResult(Verdict.Value.ERROR, detail=detail))


def _keep(scanned: Sequence[tuple[EvidenceVersion, Scan]], actor: Actor) -> None:
    """Write verdicts and events of a batch, leaving out what another batch wrote meanwhile."""
    if not scanned:
        return
    with transaction.atomic():
        evidence_ids = {version.evidence_id for version, _ in scanned}
        list(
            Evidence.objects.select_for_update()
            .only("pk")
            .filter(pk__in=evidence_ids)
            .order_by("pk")
        )
        known = latest_verdicts(version.sha256 for version, _ in scanned)
        new = [pair for pair in scanned if _says_something_new(pair[1], known[pair[0].sha256])]
        Verdict.objects.bulk_create(
            verdict_row(version.sha256, scan, cause=Verdict.Cause.RESCAN) for version, scan in new
        )
        record_all([_rescanned(version, scan, actor) for version, scan in new])


def _says_something_new(scan: Scan, known: Verdict) -> bool:
    engine = scan.engine
    return (known.signature_version, known.engine) != (engine.signature_version, engine.engine)


def _rescanned(version: EvidenceVersion, scan: Scan, actor: Actor) -> Entry:
    return Entry(
        verb=Verb.VERSION_RESCANNED,
        obj=version.record_ref,
        actor=actor,
        before=version.state,
        after=version.state,
        sha256=version.sha256,
        facts=scan_facts(scan),
    )


def _recall(found: EvidenceVersion, scan: Scan, actor: Actor) -> None:
    with transaction.atomic():
        version = lock_version(found.public_id)
        known = latest_verdicts([version.sha256])[version.sha256]
        if not _says_something_new(scan, known):
            return
        verdict_row(version.sha256, scan, cause=Verdict.Cause.RESCAN).save()
        if may(version.state, VersionVerb.RECALL):
            recall_locked(
                version,
                actor=actor,
                reason=f"A new virus check found {scan.result.signature_name} in it.",
                facts={"cause": "scanner", **scan_facts(scan)},
            )
        act_on_infection(version, scan, actor=actor)
