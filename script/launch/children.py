"""The parts of a running portal: started together, restarted when they die, stopped together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

# Even when this process is killed outright, its children are asked to stop.
_DIE_WITH_PARENT = ("setpriv", "--pdeathsig", "TERM")
_QUICK_DEATH_SECONDS = 30.0
_LONGEST_PAUSE_SECONDS = 30.0


class Child:
    """One long-running part of the portal, with a log file of its own."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        log: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.log = log
        self.pause = 1.0
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._start_again_at: float | None = None

    def start(self) -> None:
        """Start the part in a session of its own, so that Ctrl-C reaches only the supervisor."""
        with self._open_log() as log:
            self._process = subprocess.Popen(
                [*_DIE_WITH_PARENT, *self.command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started = self._clock()
        self._start_again_at = None

    def _open_log(self) -> IO[bytes]:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        return self.log.open("ab")

    @property
    def pid(self) -> int | None:
        """The process id while the part runs."""
        return self._process.pid if self._process is not None and self.is_alive() else None

    def is_alive(self) -> bool:
        """Say whether the part runs."""
        return self._process is not None and self._process.poll() is None

    def revive(self) -> str:
        """Start the part again when it died, later each time it dies young; return what to tell."""
        if self._process is None or self.is_alive():
            return ""
        now = self._clock()
        if self._start_again_at is None:
            lived = now - self._started
            self.pause = 1.0 if lived > _QUICK_DEATH_SECONDS else self.pause * 2
            self.pause = min(self.pause, _LONGEST_PAUSE_SECONDS)
            self._start_again_at = now + self.pause
            self._kill_group(self._process)
            return f"{self.name} stopped by itself ({self._how_it_ended()}); see {self.log}"
        if now >= self._start_again_at:
            self.start()
            return f"{self.name} started again"
        return ""

    def _how_it_ended(self) -> str:
        code = self._process.returncode if self._process is not None else 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the part's first process, which stops its own."""
        if self._process is not None and self.is_alive():
            self._process.terminate()

    def make_stop(self, seconds: float) -> None:
        """Wait up to ``seconds``, then kill whatever is left of the part."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=max(0.0, seconds))
        self._kill_group(self._process)
        self._process.wait()
        self._process = None

    @staticmethod
    def _kill_group(process: subprocess.Popen[bytes]) -> None:
        # The session's group: workers that outlived their master die too.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def stop_all(children: Sequence[Child], *, seconds: float) -> None:
    """Stop every part, the last started first, within ``seconds`` altogether."""
    deadline = time.monotonic() + seconds
    for child in reversed(children):
        child.ask_to_stop()
    for child in reversed(children):
        child.make_stop(deadline - time.monotonic())
