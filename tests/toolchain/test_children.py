"""The supervisor's children: started, restarted, stopped, and never left behind."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from script.launch.children import Child, stop_all

SLEEP = ("sleep", "60")
DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('deaf', flush=True); time.sleep(60)"
)
SUPERVISOR = """
import os, sys, time
from pathlib import Path
from script.launch.children import Child
child = Child("part", ["sleep", "60"], environment=os.environ, log=Path(sys.argv[1]))
child.start()
print(child.pid, flush=True)
time.sleep(60)
"""


def wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Poll without a long sleep."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def runs(pid: int) -> bool:
    """Say whether a process exists and is not a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def make_child(tmp_path: Path) -> Iterator[Callable[..., Child]]:
    """Make children whose end is the end of the test."""
    made: list[Child] = []

    def make(*command: str, clock: Callable[[], float] = time.monotonic) -> Child:
        log = tmp_path / "logs" / "part.log"
        child = Child("part", command, environment=os.environ, log=log, clock=clock)
        made.append(child)
        return child

    yield make
    stop_all(made, seconds=0)


def test_what_a_child_prints_is_in_its_log(make_child: Callable[..., Child]) -> None:
    child = make_child("echo", "hello")
    child.start()
    wait_until(lambda: not child.is_alive())
    assert child.log.read_text() == "hello\n"


def test_a_living_child_is_left_alone(make_child: Callable[..., Child]) -> None:
    child = make_child(*SLEEP)
    child.start()
    before = child.pid
    assert child.revive() == ""
    assert child.pid == before


class Clock:
    """A clock that stands still until it is set."""

    now = 1000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def test_a_child_that_died_is_told_of_and_then_started_again(
    make_child: Callable[..., Child],
) -> None:
    clock = Clock()
    child = make_child(*SLEEP, clock=clock)
    child.start()
    first = child.pid
    assert first is not None
    os.kill(first, 9)
    wait_until(lambda: not child.is_alive())
    assert "signal 9" in child.revive()
    assert child.revive() == "", "it waits before it tries again"
    clock.now += child.pause
    assert child.revive() == "part started again"
    assert child.is_alive()
    assert child.pid != first


def test_a_child_that_dies_young_again_and_again_is_tried_less_often(
    make_child: Callable[..., Child],
) -> None:
    clock = Clock()
    child = make_child("false", clock=clock)
    pauses = []
    child.start()
    for _ in range(7):
        wait_until(lambda: not child.is_alive())
        assert "exit code 1" in child.revive()
        pauses.append(child.pause)
        clock.now += child.pause
        assert child.revive() == "part started again"
    assert pauses == [2, 4, 8, 16, 30, 30, 30]


def test_a_child_that_lived_long_is_started_again_at_once(make_child: Callable[..., Child]) -> None:
    clock = Clock()
    child = make_child("false", clock=clock)
    child.start()
    wait_until(lambda: not child.is_alive())
    clock.now += 3600
    child.revive()
    assert child.pause == 1


def test_a_child_that_ignores_the_request_is_killed(make_child: Callable[..., Child]) -> None:
    child = make_child(sys.executable, "-c", DEAF)
    child.start()
    pid = child.pid
    assert pid is not None
    wait_until(lambda: "deaf" in child.log.read_text())
    stop_all([child], seconds=0.05)
    assert not runs(pid)


def test_what_a_child_started_is_stopped_with_it(make_child: Callable[..., Child]) -> None:
    child = make_child("sh", "-c", "sleep 60 & echo $!; wait")
    child.start()
    wait_until(lambda: child.log.read_text().strip().isdecimal())
    grandchild = int(child.log.read_text())
    stop_all([child], seconds=5)
    wait_until(lambda: not runs(grandchild))


def test_a_child_outlives_no_supervisor_that_was_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SUPERVISOR, str(tmp_path / "log")]
    supervisor = Child("supervisor", command, environment=os.environ, log=tmp_path / "out")
    supervisor.start()
    wait_until(lambda: (tmp_path / "out").read_text().strip().isdecimal())
    part = int((tmp_path / "out").read_text())
    assert runs(part)
    assert supervisor.pid is not None
    os.kill(supervisor.pid, 9)
    wait_until(lambda: not runs(part))
    supervisor.make_stop(0)
