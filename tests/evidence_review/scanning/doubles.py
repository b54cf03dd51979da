"""Scanners that do one thing, for tests that are not about ClamAV.

Name one in the setting: ``settings.SCANNER = doubles.CLEAN``. Except for ``BrokenScanner`` all are
ready. What was scanned is in ``scanned``, what else was asked in ``asked``; both are shared by all
doubles of a process, and the fixture ``scanner`` empties them.
"""

import time
from datetime import UTC, datetime
from typing import BinaryIO, ClassVar

from evidence_review.scanning.models import Verdict
from evidence_review.scanning.scanner import (
    EngineVersion,
    Readiness,
    ScannerUnavailable,
    ScanResult,
)

_HERE = "tests.evidence_review.scanning.doubles."
CLEAN = _HERE + "CleanScanner"
INFECTED = _HERE + "InfectedScanner"
UNSCANNABLE = _HERE + "UnscannableScanner"
FAILING = _HERE + "FailingScanner"
BROKEN = _HERE + "BrokenScanner"
SLOW = _HERE + "SlowScanner"


class CleanScanner:
    """Passes everything; a test may give it newer signatures or something to find."""

    signature_version: ClassVar[str] = "27801"
    finds: ClassVar[bytes] = b""
    scanned: ClassVar[list[bytes]] = []
    asked: ClassVar[list[str]] = []
    result = ScanResult(Verdict.Value.CLEAN)

    def scan(self, stream: BinaryIO, size: int) -> ScanResult:
        """Read everything and give the one answer."""
        content = stream.read()
        self.scanned.append(content)
        if self.finds and self.finds in content:
            return ScanResult(Verdict.Value.INFECTED, signature_name="Double.Test")
        return self.result

    def version(self) -> EngineVersion:
        """Return a version of today."""
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return EngineVersion("Double 1.0", self.signature_version, today)

    def ready(self) -> Readiness:
        """Be ready."""
        self.asked.append("ready")
        return Readiness(ready=True, version=self.version())


class InfectedScanner(CleanScanner):
    """Finds something in everything."""

    result = ScanResult(Verdict.Value.INFECTED, signature_name="Double.Test")


class UnscannableScanner(CleanScanner):
    """Cannot look into anything."""

    result = ScanResult(Verdict.Value.UNSCANNABLE, detail="Heuristics.Encrypted.Double")


class FailingScanner(CleanScanner):
    """Is ready, but every scan fails."""

    result = ScanResult(Verdict.Value.ERROR, detail="the double fails")


class BrokenScanner(CleanScanner):
    """Does not answer at all."""

    result = ScanResult(Verdict.Value.ERROR, detail="the double is broken")

    def version(self) -> EngineVersion:
        """Not answer."""
        raise ScannerUnavailable("The double does not answer.")

    def ready(self) -> Readiness:
        """Say why it is not ready."""
        return Readiness(ready=False, problem="The double does not answer.")


class SlowScanner(CleanScanner):
    """Takes a moment for everything."""

    def scan(self, stream: BinaryIO, size: int) -> ScanResult:
        """Answer after 50 ms."""
        time.sleep(0.05)
        return super().scan(stream, size)
