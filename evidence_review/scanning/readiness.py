"""Whether the scanner may be relied on now: its age is asked, its work is tried.

A daemon that answers is not enough: a reload of a broken signature file leaves an old engine that
still says OK. So a known test file must be found and a harmless byte passed.
"""

from datetime import datetime, timedelta
from io import BytesIO

from clamd import EICAR
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from evidence_review.scanning.models import Verdict
from evidence_review.scanning.scanner import EngineVersion, Readiness, Scanner, current_scanner

_CANARIES = (
    (EICAR, Verdict.Value.INFECTED, "does not find the standard test file"),
    (b".", Verdict.Value.CLEAN, "does not pass a harmless file"),
)
_GOOD_FOR_SECONDS, _BAD_FOR_SECONDS = 60, 10
_CLOCKS_MAY_DIFFER = timedelta(days=1)


def current() -> Readiness:
    """Return whether the scanner is ready, as it was found at most a minute ago."""
    known: Readiness | None = cache.get(_cache_key())
    return known or measure()


def measure() -> Readiness:
    """Find out now whether the scanner is ready, and remember it."""
    readiness = current_scanner().ready()
    seconds = _GOOD_FOR_SECONDS if readiness.ready else _BAD_FOR_SECONDS
    cache.set(_cache_key(), readiness, seconds)
    return readiness


def _cache_key() -> str:
    return f"scanning.readiness.1.{settings.SCANNER}"


def judge(scanner: Scanner, version: EngineVersion) -> Readiness:
    """Return whether a scanner of this version may be relied on: its signatures, then its work."""
    test_only = not version.signature_version
    problem = _signature_problem(version) or _canary_problem(scanner)
    return Readiness(
        ready=not problem,
        problem=problem,
        test_only=test_only,
        warning="" if problem or test_only else _signature_warning(version),
        version=version,
    )


def _signature_problem(version: EngineVersion) -> str:
    if not version.signature_version:
        if settings.ALLOW_TEST_SIGNATURES:
            return ""
        return "The virus scanner has no ClamAV signatures, only local ones."
    age = _age(version.signature_date)
    if age is None or age < -_CLOCKS_MAY_DIFFER:
        return "The virus signatures carry no date that can be true."
    if age > timedelta(hours=settings.SIGNATURES_MAX_HOURS):
        return f"The virus signatures are {_hours(age)} hours old. Check that freshclam runs."
    return ""


def _signature_warning(version: EngineVersion) -> str:
    age = _age(version.signature_date)
    if age is None or age <= timedelta(hours=settings.SIGNATURES_WARN_HOURS):
        return ""
    return (
        f"The virus signatures are {_hours(age)} hours old. Check that freshclam runs: from "
        f"{settings.SIGNATURES_MAX_HOURS} hours on, new files wait and nothing can be approved."
    )


def _canary_problem(scanner: Scanner) -> str:
    for content, expected, words in _CANARIES:
        result = scanner.scan(BytesIO(content), len(content))
        if result.verdict is not expected:
            return f"The virus scanner {words} ({result.detail or result.verdict.value})."
    return ""


def _age(date: datetime | None) -> timedelta | None:
    return None if date is None else timezone.now() - date


def _hours(age: timedelta) -> int:
    return int(age.total_seconds() // 3600)


def admin_notices(request: HttpRequest) -> list[str]:
    """Return what everybody in the admin must know about the scanner (``ADMIN_NOTICES``)."""
    notice = _notice(current())
    return [notice] if notice else []


def _notice(readiness: Readiness) -> str:
    if not readiness.ready:
        return (
            f"The virus check is not working. {readiness.problem} Uploads are kept and wait; "
            "nothing can be approved until it works."
        )
    if readiness.test_only:
        return (
            "The virus scanner knows only a test signature and finds no real virus. Do not keep "
            "real evidence here until it has the official ClamAV signatures."
        )
    return readiness.warning
