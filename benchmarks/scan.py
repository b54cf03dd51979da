"""How fast files get their verdict, beside clamd alone scanning the same files.

The portal's side is a whole check by the worker with two processes: the queue's job, the claim,
the gate's parsers, the scan of the file and of each picture in it, verdict, state and sealed event.
The floor is clamd by itself: two clients that send the same files by INSTREAM in pieces of 64 KB.
clamd remembers what it found clean, so it forgets before every turn of either.
"""

import random
import socket
import statistics
import struct
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from benchmarks.harness import files, people
from benchmarks.harness.bench import Bench, Figure, in_turns, ratio, spread
from benchmarks.harness.processes import processor_seconds
from benchmarks.harness.servers import scanner, worker
from evidence_review.evidence.actions.upload import Upload, add_evidence
from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.intake import KeptFile
from evidence_review.evidence.models import EvidenceType, EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.storage import byte_store
from home.demo.evidence import keep
from script.launch.clamd import Clamd

_WORKERS = 2
_CHUNK = 64 * 1024
_LONGEST_WAIT = 120.0
_SMALLEST, _LARGEST = files.MEGABYTE // 5, 8 * files.MEGABYTE


@dataclass(frozen=True)
class Lot:
    """Files that are checked together."""

    kept: Sequence[KeptFile]

    @property
    def megabytes(self) -> float:
        """The size of all of them."""
        return sum(file.size for file in self.kept) / files.MEGABYTE


def measure(bench: Bench) -> dict[str, Figure]:
    """Return the share of clamd's own rate that the portal reaches, with usual and small files."""
    bench.say("Filling a portal")
    people.fill(0)
    rng = random.Random(bench.seed)
    usual = Lot([keep(*_usual(rng)) for _ in range(bench.rounds(60, 20))])
    small = Lot([keep(*files.small(rng)) for _ in range(bench.rounds(200, 60))])
    with scanner() as clamd, worker(processes=_WORKERS) as queue:
        checks = _Checks(clamd)
        bench.say(f"{len(usual.kept)} files, {usual.megabytes:.0f} MB")
        checks.portal(small)
        before = processor_seconds([queue])
        of_usual = checks.in_turns(usual, bench.rounds(7, 2))
        ours = processor_seconds([queue]) - before
        bench.say(f"{len(small.kept)} small files")
        of_small = checks.in_turns(small, bench.rounds(5, 2))
    return {
        "scan_ratio": ratio(of_usual, "clamd", "portal"),
        "scan_ratio_quartiles": spread(of_usual, "clamd", "portal"),
        "scan_files": len(usual.kept),
        "scan_portal_processor_ms_per_file": ours * 1000 / checks.checked(usual),
        "scan_megabytes": usual.megabytes,
        "scan_median_file_mb": statistics.median(f.size for f in usual.kept) / files.MEGABYTE,
        "scan_mb_per_s": usual.megabytes / statistics.median(of_usual["portal"]),
        "clamd_mb_per_s": usual.megabytes / statistics.median(of_usual["clamd"]),
        "scan_small_ratio": ratio(of_small, "clamd", "portal"),
        "scan_small_ratio_quartiles": spread(of_small, "clamd", "portal"),
        "scan_small_files_per_s": len(small.kept) / statistics.median(of_small["portal"]),
        "scan_small_ms_per_file": statistics.median(of_small["portal"]) * 1000 / len(small.kept),
    }


def _usual(rng: random.Random) -> tuple[str, bytes]:
    return files.realistic(rng, _SMALLEST, _LARGEST)


class _Checks:
    """Has lots of files checked by the portal, or scanned by clamd alone."""

    def __init__(self, clamd: Clamd) -> None:
        self.clamd = clamd
        self.store = byte_store()
        self.contributor = people.person("contributor")
        self.details = EvidenceDetails(
            title="Benchmark",
            type=EvidenceType.objects.get(code="document"),
            site=people.first_site(),
        )

    def in_turns(self, lot: Lot, rounds: int) -> dict[str, list[float]]:
        """Return the seconds that each took for the whole lot, round by round."""
        return in_turns(
            rounds,
            {"portal": lambda: self.portal(lot), "clamd": lambda: self.alone(lot)},
        )

    def checked(self, lot: Lot) -> int:
        """Return how many files the turns of a lot had the portal check, those to warm up too."""
        return EvidenceVersion.objects.filter(sha256__in=[f.sha256 for f in lot.kept]).count()

    def portal(self, lot: Lot) -> float:
        """Upload the lot at one stroke; return the seconds until the last file has its verdict."""
        self._forget()
        with transaction.atomic():
            for file in lot.kept:
                add_evidence(Upload(file=file), self.details, [], actor=self.contributor)
        started = time.perf_counter()
        waiting = EvidenceVersion.objects.filter(state=VersionState.WAITING)
        while waiting.exists():
            if time.perf_counter() - started > _LONGEST_WAIT:
                raise RuntimeError(f"{waiting.count()} files still wait for their check")
            time.sleep(0.02)
        seconds = time.perf_counter() - started
        newest = EvidenceVersion.objects.order_by("-pk")[: len(lot.kept)]
        states = {version.state for version in newest}
        if states != {VersionState.IN_REVIEW}:
            raise RuntimeError(f"Clean files ended as {states}")
        return seconds

    def alone(self, lot: Lot) -> float:
        """Send the lot to clamd with as many clients as there are workers; return the seconds."""
        self._forget()
        with ExitStack() as held, ThreadPoolExecutor(_WORKERS) as clients:
            paths = [held.enter_context(self.store.local_copy(f.sha256)) for f in lot.kept]
            started = time.perf_counter()
            answers = set(clients.map(self._instream, paths))
            seconds = time.perf_counter() - started
        if answers != {b"stream: OK"}:
            raise RuntimeError(f"clamd says {answers}")
        return seconds

    def _instream(self, path: Path) -> bytes:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client, path.open("rb") as file:
            client.connect(str(self.clamd.socket))
            client.sendall(b"zINSTREAM\0")
            while chunk := file.read(_CHUNK):
                client.sendall(struct.pack("!L", len(chunk)) + chunk)
            client.sendall(struct.pack("!L", 0))
            return client.recv(4096).rstrip(b"\0")

    def _forget(self) -> None:
        """Let clamd load its signatures anew, and with them forget which files it knows."""
        self.clamd.ask("RELOAD", timeout=30)
        with tempfile.NamedTemporaryFile() as probe:
            # Answered only when the new engine is there.
            self._instream(Path(probe.name))
