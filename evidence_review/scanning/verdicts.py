"""How a scan is written down: as a verdict on the bytes, and as facts of an event."""

from evidence_review.evidence.gate import GATE_VERSION
from evidence_review.scanning.examination import Scan
from evidence_review.scanning.models import Verdict


def verdict_row(sha256: str, scan: Scan, *, cause: Verdict.Cause) -> Verdict:
    """Return the unsaved row that says what the scanner said of these bytes."""
    return Verdict(
        sha256=sha256,
        verdict=scan.result.verdict,
        signature_name=scan.result.signature_name,
        detail=scan.result.detail,
        engine=scan.engine.engine[:60],
        signature_version=scan.engine.signature_version,
        signature_date=scan.engine.signature_date,
        gate_version=GATE_VERSION,
        cause=cause,
    )


def scan_facts(scan: Scan) -> dict[str, str | int]:
    """Return what the record seals of a scan; nothing in it is personal."""
    return {
        "verdict": scan.result.verdict.value,
        "signature": scan.result.signature_name,
        "engine": scan.engine.engine,
        "signature_version": scan.engine.signature_version,
        "gate_version": GATE_VERSION,
    }
