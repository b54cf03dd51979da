"""The parser room against parsers that were taken over."""

import errno
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evidence_review.evidence.gate import Limits, RoomUnavailable
from evidence_review.evidence.gate.room import Room
from tests.evidence_review.evidence.gate.conftest import Ask


def innermost(pid: int) -> int:
    """The room itself: bubblewrap stands around it with two processes of its own."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return innermost(int(children[0])) if children else pid


def test_a_good_parser_answers(ask: Ask):
    assert ask("fine").facts == {"size": 5}


def test_a_refusal_comes_back_as_its_code(ask: Ask):
    assert ask("refuse").codes == ("macros",)


@pytest.mark.parametrize(
    ("job", "problem"),
    [
        ("raise", "LookupError"),
        ("crash", "signal 11"),
        ("unknown_code", "answer makes no sense"),
        ("huge_fact", "answer makes no sense"),
        ("exit_well", "answer makes no sense"),
        ("say_and_exit", "answer makes no sense"),
        ("no_such_job", "KeyError"),
    ],
)
def test_a_parser_that_fails_or_lies_is_not_believed(ask: Ask, job: str, problem: str):
    answer = ask(job)
    assert answer.problem == problem
    assert ask("fine").facts == {"size": 5}


@pytest.mark.parametrize("job", ["spin", "sleep"])
def test_a_parser_that_hangs_is_ended(ask: Ask, job: str):
    started = time.monotonic()
    assert ask(job, seconds=0.3).problem == "took too long"
    assert time.monotonic() - started < 10


def test_a_parser_that_computes_for_ever_is_ended_by_the_kernel(ask: Ask):
    answer = ask("spin", cpu_seconds=1, seconds=20)
    assert answer.problem in (f"signal {signal.SIGXCPU}", f"signal {signal.SIGKILL}")


def test_memory_has_an_end(ask: Ask):
    assert ask("eat_memory").problem == "OSError"


@pytest.mark.parametrize("job", ["open_file", "write_file", "connect", "fork", "run", "kill_room"])
def test_a_parser_may_not_reach_out(ask: Ask, rogue_room: Room, job: str):
    if not rogue_room.isolation().call_filter:
        pytest.skip("no filter on system calls on this machine")
    assert ask(job).facts == {"denied": errno.EPERM}


def test_a_parser_may_start_a_thread(ask: Ask):
    assert ask("start_thread").facts == {"threads": 1}


def test_a_parser_knows_no_secret_and_holds_no_file_but_its_own(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SECRET_KEY", "for tests")
    facts = ask("look_around").facts
    known = set(str(facts["variables"]).split(","))
    assert known <= {"LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "PATH", "PWD", "PYTHONPATH"}
    assert facts["django"] == 0
    assert facts["open_files"] == 2  # the file it looks at and its answer


def test_nothing_can_be_written_without_a_file_to_write_to(ask: Ask):
    assert ask("write_much").problem == "OSError"


def test_what_is_written_has_an_end(rogue_room: Room, tmp_path: Path):
    with (tmp_path / "in").open("w+b") as source, (tmp_path / "out").open("wb") as output:
        answer = rogue_room.ask(
            "write_much",
            source.fileno(),
            extension="",
            limits=Limits(max_bytes=100_000),
            output=output.fileno(),
        )
    assert answer.problem == "OSError"
    assert (tmp_path / "out").stat().st_size <= 100_000


def test_a_room_that_ends_is_started_again(ask: Ask, rogue_room: Room):
    assert ask("fine").problem == ""
    started = rogue_room._started
    assert started is not None
    os.kill(innermost(started.pid), signal.SIGKILL)
    assert ask("fine").facts == {"size": 5}
    assert rogue_room._started is not started


def test_a_closed_room_opens_again(ask: Ask, rogue_room: Room):
    assert ask("fine").problem == ""
    rogue_room.close()
    assert ask("fine").facts == {"size": 5}


def test_one_slow_file_does_not_hold_up_another(ask: Ask):
    ask("fine")
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(ask, "sleep", seconds=2)
        assert ask("fine").facts == {"size": 5}
        assert not slow.done()
        assert slow.result().problem == "took too long"


def test_many_threads_each_get_their_own_answer(rogue_room: Room, tmp_path: Path):
    def look(size: int) -> object:
        path = tmp_path / str(size)
        path.write_bytes(b"x" * size)
        with path.open("rb") as source:
            answer = rogue_room.ask("fine", source.fileno(), extension="", limits=Limits())
        return answer.facts["size"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(look, range(40))) == list(range(40))


def test_a_forked_process_uses_a_room_of_its_own(ask: Ask, rogue_room: Room):
    assert ask("fine").problem == ""
    ours = rogue_room._started
    assert ours is not None
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            answer = ask("fine")
            theirs = rogue_room._started
            if answer.facts == {"size": 5} and theirs is not None and theirs.pid != ours.pid:
                os.write(writing, b"%d" % theirs.pid)
                rogue_room.close()
                status = 0
        finally:
            os._exit(status)
    os.close(writing)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert os.read(reading, 20)
    os.close(reading)
    assert rogue_room._started is ours
    assert ask("fine").facts == {"size": 5}


def test_a_room_without_a_portal_ends(ask: Ask, rogue_room: Room):
    assert ask("fine").problem == ""
    started = rogue_room._started
    assert started is not None
    rogue_room.forget()  # as if the portal had been killed: its end of the socket closes
    deadline = time.monotonic() + 5
    while not os.waitpid(started.pid, os.WNOHANG)[0]:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_room_that_cannot_start_is_an_error_and_no_verdict(tmp_path: Path):
    room = Room("tests.files.no_such_module")
    (tmp_path / "in").write_bytes(b"x")
    with (tmp_path / "in").open("rb") as source, pytest.raises(RoomUnavailable):
        room.ask("fine", source.fileno(), extension="", limits=Limits())
