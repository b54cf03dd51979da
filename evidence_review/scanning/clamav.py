"""ClamAV's daemon as the portal's scanner.

What clamd says is read strictly: CLEAN is the exact answer to a whole file, and nothing else. The
table in ``docs/invariants/scanning.md`` has every answer that was seen, and what it is taken for.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import BinaryIO

import clamd
from django.conf import settings

from evidence_review.scanning.conversation import Conversation
from evidence_review.scanning.models import Verdict
from evidence_review.scanning.readiness import judge
from evidence_review.scanning.scanner import (
    EngineVersion,
    Readiness,
    ScannerUnavailable,
    ScanResult,
)

_FOUND = re.compile(r"stream: (?P<name>[^\n]+) FOUND")
_TOO_LONG = "INSTREAM size limit exceeded. ERROR"
_NOT_LOOKED_INTO = ("Heuristics.Limits.", "Heuristics.Encrypted.")
_VERSION = re.compile(r"(?P<engine>ClamAV [^/\s]+)(?:/(?P<number>\d+)/(?P<date>[^/]+))?")
_DATE = "%a %b %d %H:%M:%S %Y"
_LONGEST_DETAIL = 300


def read_reply(reply: str) -> ScanResult:
    """Return what clamd's one line about a stream means."""
    if reply == "stream: OK":
        return ScanResult(Verdict.Value.CLEAN)
    if found := _FOUND.fullmatch(reply):
        name = found["name"]
        if name.startswith(_NOT_LOOKED_INTO):
            return ScanResult(Verdict.Value.UNSCANNABLE, signature_name=name[:200])
        return ScanResult(Verdict.Value.INFECTED, signature_name=name[:200])
    if reply == _TOO_LONG:
        return ScanResult(Verdict.Value.UNSCANNABLE, detail="larger than the scanner takes")
    return ScanResult(Verdict.Value.ERROR, detail=f"answered {reply!r}"[:_LONGEST_DETAIL])


def read_version(reply: str) -> EngineVersion:
    """Return what clamd's VERSION line says; without official signatures it is only the engine.

    clamd prints the date in its own local time and does not say which; it is taken for UTC, which
    is at most half a day wrong. Raises ScannerUnavailable for anything else.
    """
    parts = _VERSION.fullmatch(reply)
    if not parts:
        raise ScannerUnavailable(f"The virus scanner gives no version: {reply[:80]!r}.")
    if parts["number"] is None:
        return EngineVersion(parts["engine"])
    try:
        # One-digit days are padded with a space.
        date = datetime.strptime(" ".join(parts["date"].split()), _DATE).replace(tzinfo=UTC)
    except ValueError:
        raise ScannerUnavailable(
            f"The virus scanner does not date its signatures: {reply[:80]!r}."
        ) from None
    return EngineVersion(parts["engine"], parts["number"], date)


class ClamAV:
    """Asks clamd, over a fresh connection each time: a shared one mixes up answers."""

    def scan(self, stream: BinaryIO, size: int) -> ScanResult:
        """Scan a file; whatever clamd does, the answer is a ScanResult within the deadline."""
        conversation = Conversation(settings.CLAMD_SOCKET, settings.SCAN_DEADLINE_SECONDS)
        try:
            result = read_reply(conversation.instream(stream, size))
        except (clamd.ClamdError, OSError) as problem:
            return ScanResult(
                Verdict.Value.ERROR, detail=(str(problem) or repr(problem))[:_LONGEST_DETAIL]
            )
        if result.verdict is Verdict.Value.CLEAN and not conversation.sent_everything:
            return ScanResult(Verdict.Value.ERROR, detail="said OK before it had the whole file")
        return result

    def version(self) -> EngineVersion:
        """Return engine and signatures. Raises ScannerUnavailable."""
        return read_version(self._ask(Conversation.version))

    def ready(self) -> Readiness:
        """Ask for a sign of life, for the version, and scan two known files."""
        try:
            if (answer := self._ask(Conversation.ping)) != "PONG":
                raise ScannerUnavailable(f"The virus scanner answers strangely: {answer[:80]!r}.")
            return judge(self, self.version())
        except ScannerUnavailable as unavailable:
            return Readiness(ready=False, problem=unavailable.reason)

    def _ask(self, command: Callable[[Conversation], str]) -> str:
        conversation = Conversation(settings.CLAMD_SOCKET, settings.SCANNER_ANSWERS_SECONDS)
        try:
            return command(conversation)
        except (clamd.ClamdError, OSError) as problem:
            raise ScannerUnavailable(
                f"The virus scanner does not answer ({problem or type(problem).__name__})."
            ) from problem
