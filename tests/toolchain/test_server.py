"""``script/server`` for real: a whole portal comes up, mends itself, and goes down."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from script.check.template import CACHE, schema_key

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 180
SECONDS_TO_STOP = 60
pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def environ(db: None, tmp_path: Path) -> dict[str, str]:
    """Choose a free port and a folder whose database is migrated already, to save half a minute."""
    data = tmp_path / "portal"
    data.mkdir()
    shutil.copyfile(CACHE / f"{schema_key()}.sqlite3", data / "portal.sqlite3")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    chosen = {"PORTAL_DATA": str(data), "PORTAL_PORT": str(port), "PORTAL_SIGNATURE_MIRROR": "none"}
    return kept | chosen


@pytest.fixture
def server(environ: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start an empty portal and wait until it says that it is ready."""
    output = tmp_path / "output.txt"
    with output.open("wb") as printed:
        process = subprocess.Popen(
            [ROOT / "script" / "server", "--no-demo"],
            env=environ,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while "Press Ctrl-C" not in output.read_text():
            assert process.poll() is None, output.read_text()
            assert time.monotonic() < deadline, output.read_text()
            time.sleep(0.05)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=SECONDS_TO_STOP)
        shutil.rmtree(environ["PORTAL_DATA"])


def children_of(pid: int) -> list[int]:
    """Return the process ids that a process started itself."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def descendants_of(pid: int) -> list[int]:
    """Return the process ids of a process's children and theirs."""
    children = children_of(pid)
    return children + [one for child in children for one in descendants_of(child)]


def page(environ: dict[str, str], path: str) -> str:
    """Ask the running portal for a page."""
    url = f"http://127.0.0.1:{environ['PORTAL_PORT']}{path}"
    with urllib.request.urlopen(url, timeout=30) as answer:
        return str(answer.read().decode())


def test_a_whole_portal_comes_up_mends_itself_and_goes_down(
    server: subprocess.Popen[bytes], environ: dict[str, str], tmp_path: Path
) -> None:
    said = (tmp_path / "output.txt").read_text()
    link = re.search(r"http://localhost:\d+(/\S+)", said.partition("works once")[2])
    assert link is not None, said
    assert "<form" in page(environ, link[1])
    assert "<form" in page(environ, "/account/login/")

    again = subprocess.run(
        [ROOT / "script" / "server"], env=environ, capture_output=True, text=True, check=False
    )
    assert again.returncode == 1
    assert "already runs on" in again.stderr

    web = next(pid for pid in children_of(server.pid) if "gunicorn" in command_of(pid))
    os.kill(web, signal.SIGKILL)
    deadline = time.monotonic() + SECONDS_TO_STOP
    while "web started again" not in (tmp_path / "output.txt").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)

    everything = descendants_of(server.pid)
    assert len(everything) >= 4
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=SECONDS_TO_STOP) == 0
    assert [pid for pid in everything if Path(f"/proc/{pid}").exists()] == []


def command_of(pid: int) -> str:
    """Return the command line of a process."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
