"""The way to the parser room: started with the first file, one per process.

Files and places to write are handed over as open file descriptors, so the room needs no path and,
under bubblewrap, sees none.
"""

import atexit
import json
import os
import threading
import weakref
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from evidence_review.evidence.gate.answers import Answer, collect, read_answer
from evidence_review.evidence.gate.limits import Limits
from evidence_review.evidence.gate.sandbox import Isolation
from evidence_review.evidence.gate.started_room import RoomUnavailable, StartedRoom, start_room

JOBS_MODULE = "evidence_review.evidence.gate.parsers"
_AT_ONCE = 2
"""Files one process has looked at together; more wait. Bounds the memory of a busy web process."""
_GRACE_SECONDS = 5.0
_ATTEMPTS = 2


class Room:
    """A parser room and the way to it. Safe to use from many threads and after a fork."""

    def __init__(
        self, jobs_module: str = JOBS_MODULE, *, also_visible: tuple[Path, ...] = ()
    ) -> None:
        """Name the module of the ``JOBS`` and the folders a room may read beside this package."""
        self._jobs_module = jobs_module
        self._also_visible = also_visible
        self._started: StartedRoom | None = None
        self._renew_locks()
        _rooms.add(self)

    def _renew_locks(self) -> None:
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    def forget(self) -> None:
        """In a forked child: let go of the parent's room without disturbing it."""
        self._renew_locks()
        if self._started is not None:
            self._started.control.close()
            self._started = None

    def close(self) -> None:
        """End the room; the next file starts a new one."""
        with self._lock:
            self._close()

    def isolation(self) -> Isolation:
        """How well files are shut in here; starts the room if needed. For health pages."""
        with self._lock:
            return self._open().isolation

    def ask(
        self,
        job: str,
        source: int,
        *,
        extension: str,
        limits: Limits,
        output: int | None = None,
        options: Mapping[str, bool] | None = None,
    ) -> Answer:
        """Have one file looked at; ``source`` and ``output`` are open file descriptors.

        Never raises because of the file: a crash, a file that takes too long and an answer that
        makes no sense come back as ``problem``. Raises ``RoomUnavailable`` when no room starts.
        """
        request = json.dumps(
            {
                "job": job,
                "extension": extension,
                "limits": asdict(limits),
                "options": dict(options or {}),
            }
        ).encode()
        files = [source] if output is None else [source, output]
        with self._slots:
            for _ in range(_ATTEMPTS):
                used, reply = self._exchange(request, files, limits.seconds + _GRACE_SECONDS)
                answer = read_answer(reply) if reply is not None else None
                if answer is None:
                    self._discard(used)
                if reply is None:
                    return Answer(problem="took too long")
                if answer is not None:
                    return answer
        return Answer(problem="parser room ended")

    def _exchange(
        self, request: bytes, files: list[int], seconds: float
    ) -> tuple[StartedRoom, bytes | None]:
        """Send a request and wait for the reply; None when there is none in time."""
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb", buffering=0):
            with os.fdopen(writing, "wb", buffering=0):
                used = self._send(request, [writing, *files])
            return used, collect(reading, seconds)

    def _send(self, request: bytes, files: list[int]) -> StartedRoom:
        with self._lock:
            for _ in range(_ATTEMPTS):
                started = self._open()
                if started.send(request, files):
                    return started
                self._close()
        raise RoomUnavailable("the parser room does not take files")

    def _open(self) -> StartedRoom:
        if self._started is None:
            self._started = start_room(self._jobs_module, self._also_visible)
        return self._started

    def _discard(self, used: StartedRoom) -> None:
        """Close a room that failed, unless another thread has replaced it already."""
        with self._lock:
            if self._started is used:
                self._close()

    def _close(self) -> None:
        if self._started is not None:
            self._started.stop()
            self._started = None


_rooms: "weakref.WeakSet[Room]" = weakref.WeakSet()


def _forget_all() -> None:
    for room in list(_rooms):
        room.forget()


def _close_all() -> None:
    for room in list(_rooms):
        room.close()


os.register_at_fork(after_in_child=_forget_all)
atexit.register(_close_all)

ROOM = Room()
"""The room this process uses."""
