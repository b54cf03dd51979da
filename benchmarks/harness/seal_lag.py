"""How long an urgent event waits for its seal, with the real sealer and a steady stream of events.

The clock runs from the commit of an urgent event until a seal over it can be read. ``python -m
benchmarks.harness.seal_lag SECONDS`` measures the database that ``DATABASE_URL`` names, or else the
one of ``PORTAL_DATA``; its last line is one JSON object.
"""

import json
import os
import statistics
import sys
import time

import django

if __name__ == "__main__":
    django.setup()

from django.db import transaction
from django.db.models import Max

from benchmarks.harness.bench import Figure
from benchmarks.harness.servers import DidNotStart, sealer
from portal.record.actors import SETUP
from portal.record.models import Event
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.sealing.models import Seal

_EVENTS_PER_SECOND = 20
_ONE_URGENT_OF = 5
_SECONDS_TO_START = 60
_LONGEST_LAG = 60
_LOOK_EVERY = 0.01
_SOMETHING = ObjectRef("version", "benchmarkBenchmark0000", 1)


def seal_lag_figures(seconds: int) -> dict[str, Figure]:
    """Write at a steady rate for some seconds; return how long the urgent events waited."""
    with sealer(os.environ):
        _write(Verb.VERSION_APPROVED)
        _wait_for_first_seal()
        waiting, lags = _stream(seconds)
        ends = time.monotonic() + _LONGEST_LAG
        while waiting and time.monotonic() < ends:
            time.sleep(_LOOK_EVERY)
            lags += _sealed(waiting)
    if waiting:
        raise DidNotStart(f"{len(waiting)} urgent events were not sealed within a minute")
    lags.sort()
    return {
        "seal_lag_p95_s": lags[int(len(lags) * 0.95)],
        "seal_lag_median_s": statistics.median(lags),
        "seal_lag_longest_s": lags[-1],
        "seal_lag_urgent_events": len(lags),
    }


def _stream(seconds: int) -> tuple[dict[int, float], list[float]]:
    """Write events as they fall due, and look for seals in between."""
    waiting: dict[int, float] = {}
    lags: list[float] = []
    started, written = time.monotonic(), 0
    while time.monotonic() < started + seconds:
        if time.monotonic() >= started + written / _EVENTS_PER_SECOND:
            is_urgent = written % _ONE_URGENT_OF == 0
            seq = _write(Verb.VERSION_APPROVED if is_urgent else Verb.VERSION_OPENED)
            written += 1
            if is_urgent:
                waiting[seq] = time.monotonic()
        lags += _sealed(waiting)
        time.sleep(_LOOK_EVERY)
    return waiting, lags


def _write(verb: Verb) -> int:
    with transaction.atomic():
        return record(verb, _SOMETHING, actor=SETUP, detail={"file": "minutes.pdf"}).seq


def _sealed(waiting: dict[int, float]) -> list[float]:
    """Take out what is sealed by now; return how long each of them waited."""
    size = Seal.objects.aggregate(size=Max("size"))["size"] or 0
    now = time.monotonic()
    return [now - waiting.pop(seq) for seq in list(waiting) if seq <= size]


def _wait_for_first_seal() -> None:
    ends = time.monotonic() + _SECONDS_TO_START
    while not Seal.objects.filter(size__gte=Event.objects.count()).exists():
        if time.monotonic() > ends:
            raise DidNotStart("the sealer sealed nothing")
        time.sleep(0.1)


def main() -> None:
    """Measure."""
    print(json.dumps(seal_lag_figures(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
