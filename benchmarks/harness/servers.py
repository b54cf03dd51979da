"""The running parts a benchmark measures, on the scratch folder of its run."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from script.launch.clamd import Clamd

_SECONDS_TO_START = 60


class DidNotStart(Exception):
    """A part did not come up; the text holds what it printed."""


@dataclass(frozen=True)
class WebServer:
    """A gunicorn on loopback."""

    port: int
    pid: int

    def workers(self) -> list[int]:
        """Return the process ids that answer requests."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(child) for child in children.split()]

    def resident_mb(self) -> float:
        """Return the resident memory of the largest process that answers requests."""
        return max(resident_mb(pid) for pid in self.workers())


def resident_mb(pid: int) -> float:
    """Return the resident memory of one process."""
    return _status_kb(pid, "VmRSS:") / 1024


def peak_mb(pid: int) -> float:
    """Return the most resident memory one process ever had."""
    return _status_kb(pid, "VmHWM:") / 1024


def _status_kb(pid: int, field: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    raise ValueError(f"process {pid} says nothing of {field}")


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def web_server(
    *, workers: int = 2, application: str = "benchmarks.harness.wsgi"
) -> Iterator[WebServer]:
    """Run the portal and its floors as ``script/server`` runs the portal."""
    port = free_port()
    environ = os.environ | {"PORTAL_PORT": str(port), "PORTAL_WEB_WORKERS": str(workers)}
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", application]
    with _running(command, "web", environ) as process:
        deadline = time.monotonic() + _SECONDS_TO_START
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise DidNotStart(_log("web").read_text())
            time.sleep(0.05)
        yield WebServer(port, process.pid)


@contextmanager
def worker(*, processes: int = 2) -> Iterator[int]:
    """Run the queue's worker; yield its process id."""
    environ = os.environ | {"PORTAL_WORKERS": str(processes)}
    with _running([sys.executable, "-m", "config.worker"], "worker", environ) as process:
        yield process.pid


@contextmanager
def scanner() -> Iterator[Clamd]:
    """Run a clamd with the bundled test signatures where the settings look for it."""
    clamd = Clamd(Path(os.environ["PORTAL_DATA"]) / "clamd", upload_max_mb=100)
    clamd.prepare()
    with _running(clamd.command(), "scanner", dict(os.environ)) as process:
        if not clamd.wait_until_ready(_SECONDS_TO_START, lambda: process.poll() is None):
            raise DidNotStart(_log("scanner").read_text())
        yield clamd


def _log(name: str) -> Path:
    return Path(os.environ["PORTAL_DATA"]) / f"{name}.log"


@contextmanager
def _running(
    command: list[str], name: str, environ: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    with _log(name).open("wb") as log:
        process = subprocess.Popen(command, env=environ, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(port: int) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/_floor/session/", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
