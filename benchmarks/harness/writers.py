"""How many events a second are appended to the record by so many processes at once.

``python -m benchmarks.harness.writers WRITERS SECONDS`` measures the database that ``DATABASE_URL``
names; its last line is how many events a second all of them wrote together.
"""

import multiprocessing
import sys
import time
from multiprocessing.synchronize import Barrier

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction

from portal.record.actors import SCANNER
from portal.record.models import Event
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb

_OPENED = ObjectRef("version", "benchmarkBenchmark0000", 1)
_FORK = multiprocessing.get_context("fork")


def append() -> None:
    """Write one event in a transaction of its own."""
    with transaction.atomic():
        record(Verb.VERSION_OPENED, _OPENED, actor=SCANNER, detail={"file": "minutes.pdf"})


def appended_per_second(writers: int, seconds: float) -> float:
    """Let so many processes write for some seconds; return how much came of it, a second."""
    append()
    before = Event.objects.count()
    connection.close()
    begin = _FORK.Barrier(writers)
    processes = [_FORK.Process(target=_write, args=(begin, seconds)) for _ in range(writers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        if process.exitcode != 0:
            raise RuntimeError("a writer failed; it says why above")
    return (Event.objects.count() - before) / seconds


def _write(begin: Barrier, seconds: float) -> None:
    append()
    begin.wait()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        append()


def main() -> None:
    """Measure."""
    print(appended_per_second(int(sys.argv[1]), float(sys.argv[2])))


if __name__ == "__main__":
    main()
