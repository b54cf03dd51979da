"""The running parts a benchmark measures, on the scratch folder of its run."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from script.launch.clamd import Clamd
from script.launch.options import ROOT

_SECONDS_TO_START = 60
_GUNICORN = ROOT / "config" / "gunicorn.py"
SAME_FOR_ALL = {"MALLOC_ARENA_MAX": "2"}
"""What ``script/server`` gives every part."""


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
    *,
    workers: int = 2,
    application: str = "benchmarks.harness.wsgi",
    environ: Mapping[str, str] | None = None,
    first_page: str = "/_floor/session/",
    code: Path = ROOT,
) -> Iterator[WebServer]:
    """Run the portal and its floors as ``script/server`` runs the portal.

    ``environ`` is what differs from this process's own; ``PORTAL_DATA`` in it is another data
    folder. The server is there when ``first_page`` is answered. ``code`` is the folder it runs in.
    """
    port = free_port()
    own = SAME_FOR_ALL | {"PORTAL_PORT": str(port), "PORTAL_WEB_WORKERS": str(workers)}
    complete = dict(os.environ) | own | dict(environ or {})
    command = [sys.executable, "-m", "gunicorn", "-c", str(_GUNICORN), application]
    with _running(command, "web", complete, code) as process:
        deadline = time.monotonic() + _SECONDS_TO_START
        while not _answers(f"http://127.0.0.1:{port}{first_page}"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise DidNotStart(_log("web", complete).read_text())
            time.sleep(0.01)
        yield WebServer(port, process.pid)


@contextmanager
def worker(*, processes: int = 2) -> Iterator[int]:
    """Run the queue's worker; yield its process id."""
    environ = os.environ | SAME_FOR_ALL | {"PORTAL_WORKERS": str(processes)}
    with _running([sys.executable, "-m", "config.worker"], "worker", environ) as process:
        yield process.pid


@contextmanager
def sealer(environ: Mapping[str, str]) -> Iterator[int]:
    """Run the sealer; yield its process id."""
    command = [sys.executable, "manage.py", "run_sealer"]
    with _running(command, "sealer", dict(environ)) as process:
        yield process.pid


@contextmanager
def scanner() -> Iterator[Clamd]:
    """Run a clamd with the bundled test signatures where the settings look for it."""
    clamd = Clamd(Path(os.environ["PORTAL_DATA"]) / "clamd", upload_max_mb=100)
    clamd.prepare()
    with _running(clamd.command(), "scanner", dict(os.environ)) as process:
        if not clamd.wait_until_ready(_SECONDS_TO_START, lambda: process.poll() is None):
            raise DidNotStart(_log("scanner", os.environ).read_text())
        yield clamd


def _log(name: str, environ: Mapping[str, str]) -> Path:
    return Path(environ["PORTAL_DATA"]) / f"{name}.log"


@contextmanager
def _running(
    command: list[str], name: str, environ: dict[str, str], code: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    with _log(name, environ).open("wb") as log:
        process = subprocess.Popen(
            command, cwd=code, env=environ, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
