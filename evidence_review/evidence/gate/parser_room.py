"""The parser room: a small process that looks at one hostile file after another.

Started by ``room.py`` as ``python -m evidence_review.evidence.gate.parser_room JOBS_MODULE`` with a
socket as standard input. It imports the parsers once and then forks a child for every file, so a
file costs a fork and not a new interpreter. The child gives away every right it does not need
before it looks at the first byte, answers with one line of JSON and ends; whatever happens to it
happens to nobody else. The room adds a second line: how the child ended. This process never looks
at a file itself, and it does not import Django.
"""

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from evidence_review.evidence.gate.confine import (
    close_all_but,
    confine,
    leave_network,
    random_devices,
)
from evidence_review.evidence.gate.limits import Limits
from evidence_review.evidence.gate.parsers.findings import Findings, Parser, Refused, Work

_MESSAGE_BYTES = 65_536
_MOST_FILES = 3


@dataclass(slots=True)
class _Child:
    """A file being looked at: where its answer goes and when its time is up."""

    reply: int
    deadline: float
    late: bool = False


class ParserRoom:
    """Takes requests from a socket until the other side closes it."""

    def __init__(self, control: socket.socket, jobs: Mapping[str, Parser]) -> None:
        self.control = control
        self.jobs = jobs
        self.children: dict[int, _Child] = {}
        self.kept = random_devices()
        self.woken, waker = socket.socketpair()
        self.woken.setblocking(False)
        waker.setblocking(False)
        self.waker = waker

    def serve(self) -> None:
        """Work until the portal's process closes its end, then end every child."""
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            selector.register(self.control, selectors.EVENT_READ)
            selector.register(self.woken, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select(self._patience())}
                if self.woken in ready:
                    self.woken.recv(4096)
                    self._reap()
                self._end_late()
                if self.control in ready and not self._take():
                    break
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)

    def _patience(self) -> float | None:
        waiting = [child.deadline for child in self.children.values() if not child.late]
        return max(0.0, min(waiting) - time.monotonic()) if waiting else None

    def _take(self) -> bool:
        message, files, _, _ = socket.recv_fds(self.control, _MESSAGE_BYTES, _MOST_FILES)
        if not message:
            return False
        request = json.loads(message)
        limits = Limits(**request["limits"])
        reply, *opened = files
        pid = os.fork()
        if pid == 0:
            self._become_child(request, limits, reply, opened)
        for file in opened:
            os.close(file)
        self.children[pid] = _Child(reply, time.monotonic() + limits.seconds)
        return True

    def _become_child(
        self, request: Mapping[str, object], limits: Limits, reply: int, opened: list[int]
    ) -> None:
        """Never returns: whatever is raised, the child ends here and not in the room's own loop."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            gc.disable()
            os.dup2(1, 2)
            close_all_but({reply, *opened, *self.kept})
            answer = run_job(self.jobs, request, limits, opened)
            _write_line(reply, {"codes": answer.codes, "facts": answer.facts})
            status = 0
        finally:
            failure = sys.exc_info()[0]
            if failure is not None:
                _write_line(reply, {"failed": failure.__name__})
            os._exit(status)

    def _end_late(self) -> None:
        now = time.monotonic()
        for pid, child in self.children.items():
            if not child.late and child.deadline <= now:
                child.late = True
                os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        for pid in list(self.children):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            child = self.children.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            _write_line(child.reply, {"ended": "late" if child.late else code})
            os.close(child.reply)


def run_job(
    jobs: Mapping[str, Parser], request: Mapping[str, object], limits: Limits, opened: list[int]
) -> Findings:
    """In the child: give up every right, then run the job the request names."""
    has_output = len(opened) > 1
    confine(limits, output_bytes=limits.max_bytes if has_output else 0)
    with os.fdopen(opened[0], "rb") as source:
        output = os.fdopen(opened[1], "wb") if has_output else None
        options = request["options"]
        work = Work(
            source=source,
            extension=str(request["extension"]),
            limits=limits,
            output=output,
            options=options if isinstance(options, dict) else {},
        )
        source.seek(0)
        try:
            return jobs[str(request["job"])](work)
        except Refused as refused:
            return Findings([refused.code])


def _write_line(file: int, content: Mapping[str, object]) -> None:
    try:
        os.write(file, json.dumps(content).encode() + b"\n")
    except BrokenPipeError:
        return  # The portal stopped waiting; nobody reads this answer.


def _filter_works() -> bool:
    """Whether a confined child is really refused a new file; tried once, in a child of its own."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            confine(Limits(), output_bytes=0)
            os.open("/", os.O_RDONLY)
        except PermissionError:
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def main(jobs_module: str) -> None:
    """Import the parsers, say hello on the socket and serve it."""
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    os.close(nothing)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    jobs: Mapping[str, Parser] = importlib.import_module(jobs_module).JOBS
    alone = leave_network()
    hello = {"hello": 1, "no_network": alone, "filter": _filter_works()}
    gc.collect()
    gc.freeze()
    control.send(json.dumps(hello).encode())
    ParserRoom(control, jobs).serve()


if __name__ == "__main__":
    main(sys.argv[1])
