"""One running parser room process, as the portal sees it."""

import json
import logging
import os
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from evidence_review.evidence.gate.sandbox import Isolation, commands, environment

log = logging.getLogger(__name__)

_START_SECONDS = 30.0
_STOP_SECONDS = 2.0
_HELLO_BYTES = 4096


class RoomUnavailable(Exception):
    """The parser room cannot be started: the installation is at fault, not the file."""


@dataclass(frozen=True, slots=True)
class StartedRoom:
    """A room that has said hello. Closing ``control`` makes it end."""

    control: socket.socket
    pid: int
    isolation: Isolation

    def send(self, request: bytes, files: list[int]) -> bool:
        """Hand over one request with its open files; False when the room is gone."""
        try:
            socket.send_fds(self.control, [request], files)
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """End the room and every child of it; waits up to two seconds, then kills."""
        self.control.close()
        _wait_for(self.pid)


def start_room(jobs_module: str, visible: tuple[Path, ...]) -> StartedRoom:
    """Start a room the strictest way that works here; raises ``RoomUnavailable``."""
    for bubblewrap, command in commands(jobs_module, visible):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            pid = os.posix_spawn(
                command[0],
                command,
                environment(),
                file_actions=[(os.POSIX_SPAWN_DUP2, theirs.fileno(), 0)],
                setsid=True,
            )
        hello = _hello(ours)
        if hello:
            isolation = Isolation(
                bubblewrap=bubblewrap,
                no_network=bubblewrap or hello.get("no_network") is True,
                call_filter=hello.get("filter") is True,
            )
            return StartedRoom(ours, pid, isolation)
        log.warning("The parser room did not start (bubblewrap: %s)", bubblewrap)
        ours.close()
        _wait_for(pid)
    raise RoomUnavailable("the parser room did not start")


def _hello(control: socket.socket) -> dict[str, object]:
    control.settimeout(_START_SECONDS)
    try:
        word = control.recv(_HELLO_BYTES)
    except OSError:
        return {}
    control.settimeout(None)
    hello = json.loads(word) if word else {}
    return hello if isinstance(hello, dict) else {}


def _wait_for(pid: int) -> None:
    """Reap the room; it may have been reaped by whoever started us."""
    deadline = time.monotonic() + _STOP_SECONDS
    try:
        while not os.waitpid(pid, os.WNOHANG)[0]:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                return
            time.sleep(0.002)
    except (ChildProcessError, ProcessLookupError):
        return
