"""What the portal asks of a virus scanner, whichever it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from evidence_review.scanning.models import Verdict


@dataclass(frozen=True)
class ScanResult:
    """What one scan ended in.

    ``signature_name`` is what was found; ``detail`` is for people who look after the portal.
    """

    verdict: Verdict.Value
    signature_name: str = ""
    detail: str = ""


@dataclass(frozen=True)
class EngineVersion:
    """Which engine answers, and with which signatures.

    Both parts about signatures are empty where the engine knows only signatures of one's own.
    """

    engine: str
    signature_version: str = ""
    signature_date: datetime | None = None


@dataclass(frozen=True)
class Readiness:
    """Whether verdicts of the scanner may be relied on now.

    ``problem`` says why not, ``warning`` what will soon be a problem; both are sentences for
    people. ``test_only``: it works, but knows no real virus.
    """

    ready: bool
    problem: str = ""
    test_only: bool = False
    warning: str = ""
    version: EngineVersion | None = None


class ScannerUnavailable(Exception):
    """The scanner cannot be asked. ``reason`` is a sentence for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Scanner(Protocol):
    """A virus scanner. Safe to make anew for each use; holds no connection between calls."""

    def scan(self, stream: BinaryIO, size: int) -> ScanResult:
        """Scan the ``size`` bytes that the stream gives from where it stands.

        Never raises for what the scanner does: whatever is not a plain answer is an ERROR. What
        reading the stream raises (a broken zip member) comes through.
        """

    def version(self) -> EngineVersion:
        """Return engine and signatures as they are this moment. Raises ScannerUnavailable."""

    def ready(self) -> Readiness:
        """Find out, by asking and by trying, whether verdicts may be relied on."""


def current_scanner() -> Scanner:
    """Return the scanner that the settings name."""
    return cast(Scanner, import_string(settings.SCANNER)())
