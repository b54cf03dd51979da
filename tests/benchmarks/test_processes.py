"""Memory and processor time of a whole family of processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.harness.bench import spread
from benchmarks.harness.processes import processor_seconds, proportional_mb

_PARENT = """
import os, sys
kept = bytearray(b"x" * {parent} * 1024 * 1024)
if not os.fork():
    kept_too = bytearray(b"y" * {child} * 1024 * 1024)
    sum(range(3_000_000))
    print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def _family(parent_mb: int, child_mb: int) -> Iterator[int]:
    program = _PARENT.format(parent=parent_mb, child=child_mb)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", program], **pipes) as process:  # type: ignore[call-overload]  # two pipes
        assert process.stdout.readline() == b"ready\n"
        yield process.pid
        process.stdin.close()


def test_memory_that_a_parent_and_its_child_share_is_counted_once() -> None:
    with _family(60, 30) as pid:
        assert 90 < proportional_mb([pid]) < 125


def test_processor_time_of_children_counts() -> None:
    with _family(1, 1) as pid:
        assert processor_seconds([pid]) > 0
    assert processor_seconds([os.getpid()]) > 0


def test_a_spread_tells_the_quartiles_and_how_many_there_were() -> None:
    turns = {"portal": [2.0, 4.0, 6.0, 8.0], "floor": [2.0, 2.0, 2.0, 2.0]}
    assert spread(turns, "portal", "floor") == "1.25 to 3.75 (n 4)"
    assert spread({"a": [3.0], "b": [2.0]}, "a", "b") == "1.5 to 1.5 (n 1)"
