"""The slow part of a check: the gate's parsers and the scanner. Reads bytes, writes no rows."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.utils import timezone

from evidence_review.evidence.gate import GATE_VERSION, GateResult, RoomUnavailable, inspect
from evidence_review.evidence.intake import gate_limits
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.storage import BytesMissing, byte_store, sha256_of
from evidence_review.scanning import readiness
from evidence_review.scanning.members import UNREADABLE, has_members, opaque_members
from evidence_review.scanning.models import Verdict
from evidence_review.scanning.queries import reusable_verdict
from evidence_review.scanning.scanner import (
    EngineVersion,
    Scanner,
    ScannerUnavailable,
    ScanResult,
    current_scanner,
)
from portal.faults import fault_point

UNKNOWN_ENGINE = EngineVersion("")


@dataclass(frozen=True)
class Scan:
    """What the scanner said of the whole file and its parts together, and with which signatures.

    ``known``: somebody else's clean verdict of today counts, and needs no row of its own.
    """

    result: ScanResult
    engine: EngineVersion = UNKNOWN_ENGINE
    known: bool = False


@dataclass(frozen=True)
class Examination:
    """``gate`` is empty when the file had passed before; ``scan`` when the gate stopped it."""

    gate: GateResult | None = None
    scan: Scan | None = None


def examine(version: EvidenceVersion, *, gated: bool) -> Examination:
    """Put the bytes of a version through the gate (unless ``gated`` already) and the scanner.

    Whatever goes wrong on the way is a scan that ended in ERROR, to be tried again.
    """
    try:
        with byte_store().local_copy(version.sha256) as path:
            gate = None if gated else _through_gate(path, version)
            fault_point("check.gated")
            if gate is not None and not gate.accepted:
                return Examination(gate=gate)
            examination = Examination(gate=gate, scan=scan_file(path, version))
            fault_point("check.scanned")
            return examination
    except BytesMissing:
        return Examination(scan=_failed("The bytes are not in the store."))
    except RoomUnavailable as problem:
        return Examination(scan=_failed(f"Files cannot be looked into: {problem}."))
    except OSError as problem:
        return Examination(scan=_failed(f"The bytes cannot be read: {problem}."))


def _through_gate(path: Path, version: EvidenceVersion) -> GateResult:
    return inspect(
        path, name=version.original_name, media_type=version.media_type, limits=gate_limits()
    )


def scan_file(path: Path, version: EvidenceVersion, *, reuse: bool = True) -> Scan:
    """Scan the whole file, then each part of it that is a file itself; the worst result counts."""
    scanner = current_scanner()
    try:
        engine = _relied_on(scanner)
    except ScannerUnavailable as unavailable:
        return _failed(unavailable.reason)
    if reuse and reusable_verdict(version.sha256, engine, GATE_VERSION, timezone.now()):
        return Scan(ScanResult(Verdict.Value.CLEAN), engine, known=True)
    if _was_written_to(path, version) and sha256_of(path) != version.sha256:
        return _failed("The bytes in the store are not the bytes that were uploaded.")
    with path.open("rb") as stream:
        result = scanner.scan(stream, version.size)
    if result.verdict is Verdict.Value.CLEAN:
        result = _scan_members(scanner, path, version)
    return Scan(result, engine)


def _was_written_to(path: Path, version: EvidenceVersion) -> bool:
    """Tell whether the file was written after the upload, as a copy made just now was.

    Hashing every file again would cost a twentieth of the scan; the nightly look at all bytes does.
    """
    return path.stat().st_mtime > version.uploaded_at.timestamp()


def _relied_on(scanner: Scanner) -> EngineVersion:
    """Return the scanner's version now, after making sure that it works with that version.

    Asked before the scan: if signatures change in between, the verdict names the older ones and
    the file is looked at again, rather than the other way round. Raises ScannerUnavailable.
    """
    engine = scanner.version()
    found = readiness.current()
    if found.version != engine:
        found = readiness.measure()
    if not found.ready:
        raise ScannerUnavailable(found.problem)
    return engine


def _scan_members(scanner: Scanner, path: Path, version: EvidenceVersion) -> ScanResult:
    clean = ScanResult(Verdict.Value.CLEAN)
    if not has_members(version.extension):
        return clean
    ends = time.monotonic() + settings.CHECK_DEADLINE_SECONDS
    try:
        for name, size, content in opaque_members(path):
            result = scanner.scan(cast(BinaryIO, content), size)
            if result.verdict is not Verdict.Value.CLEAN:
                where = f"in {name}: {result.detail}".removesuffix(": ")
                return ScanResult(result.verdict, result.signature_name, where[:300])
            if time.monotonic() > ends:
                return ScanResult(Verdict.Value.ERROR, detail="it took too long")
    except UNREADABLE as problem:
        return ScanResult(Verdict.Value.UNSCANNABLE, detail=f"a part is damaged: {problem}"[:300])
    return clean


def _failed(problem: str) -> Scan:
    return Scan(ScanResult(Verdict.Value.ERROR, detail=problem[:300]))
