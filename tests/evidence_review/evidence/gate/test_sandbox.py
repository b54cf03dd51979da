"""How the parser room is started."""

import json
import logging
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from evidence_review.evidence.gate import sandbox
from evidence_review.evidence.gate.room import JOBS_MODULE, ROOM
from evidence_review.evidence.gate.sandbox import Isolation, commands, environment


@pytest.fixture(autouse=True)
def fresh_probe():
    sandbox._working_bubblewrap.cache_clear()
    yield
    sandbox._working_bubblewrap.cache_clear()


def test_the_room_is_shut_in_on_this_machine():
    assert ROOM.isolation().is_complete


@pytest.mark.parametrize(
    ("isolation", "complete"),
    [
        (Isolation(), False),
        (Isolation(no_network=True), False),
        (Isolation(bubblewrap=True, no_network=True), True),
        (Isolation(call_filter=True), True),
    ],
)
def test_isolation_is_complete_when_neither_network_nor_files_can_be_reached(
    isolation: Isolation, complete: bool
):
    assert isolation.is_complete is complete


def test_the_room_knows_nothing_of_the_portals_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_KEY", "for tests")
    assert set(environment()) == {"PATH", "LANG", "PYTHONPATH", "MALLOC_ARENA_MAX"}


def test_without_bubblewrap_the_room_starts_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    (only,) = commands(JOBS_MODULE, ())
    assert only == (False, [sys.executable, *only[1][1:]])
    assert only[1][-1] == JOBS_MODULE


def test_a_bubblewrap_that_may_not_work_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho no permissions >&2\nexit 1\n", encoding="ascii")
    broken.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(broken))
    with caplog.at_level(logging.WARNING):
        assert [wrapped for wrapped, _ in commands(JOBS_MODULE, ())] == [False]
    assert "no permissions" in caplog.text


def test_bubblewrap_shows_the_room_no_more_than_it_needs():
    found = sandbox._working_bubblewrap()
    if found is None:
        pytest.skip("bubblewrap does not work on this machine")
    wrapped, command = next(iter(commands(JOBS_MODULE, (Path("/srv/extra"),))))
    assert wrapped
    shown = {command[number + 1] for number, word in enumerate(command) if word == "--ro-bind-try"}
    root = Path(__file__).parents[4]
    assert str(root) not in shown
    assert {str(root / "evidence_review"), "/srv/extra"} <= shown
    assert "--unshare-all" in command
    assert not {"--bind", "--share-net", "--dev-bind"} & set(command)


def test_the_room_says_hello_and_has_no_django(tmp_path: Path):
    """Run the room's own program as the portal does, and look at what it imported."""
    program = (
        "import sys, runpy\n"
        f"sys.argv = ['room', {JOBS_MODULE!r}]\n"
        "runpy.run_module('evidence_review.evidence.gate.parser_room', run_name='__main__')\n"
        "sys.exit(3 if 'django' in sys.modules else 0)\n"
    )
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        room = subprocess.Popen(
            [sys.executable, "-c", program], stdin=theirs.fileno(), env=environment(), cwd=tmp_path
        )
        theirs.close()
        hello = json.loads(ours.recv(4096))
        ours.close()
        assert room.wait(10) == 0
    assert set(hello) == {"hello", "no_network", "filter"}
