"""A whole portal as ``script/server`` runs it, with the demo provider in it, and browsers for it.

Everything is real: the web server and the worker are processes of their own, files are scanned by a
real clamd, mail lies in a folder. The journeys share one portal and its people, so each works with
evidence of its own.
"""

import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from script.check.template import CACHE, one_at_a_time, schema_key
from script.launch import fingerprints
from script.launch.options import Options
from script.launch.portal import Portal
from tests.journeys.walking import PASSWORD, Walk
from tests.portal.chrome.browsing import browser

__all__ = ["browser"]
WIDTHS = {"desk": 1280, "phone": 360}
PATIENCE = 20_000
"""Milliseconds a page may take on a machine that has much else to do."""
KEPT = CACHE.with_name("journeys")
SHAPED_BY = (
    *fingerprints.SHAPES_SCHEMA,
    *fingerprints.SHAPES_CONTENT,
    *fingerprints.SHAPES_STATIC,
    "home/demo/*",
    "tests/journeys/conftest.py",
)
"""What is in a prepared folder depends on these; while none of them changes, the folder is kept."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def portal(django_db_setup: None) -> Iterator[Portal]:
    """Run a portal of this test process's own, with demo people who all have the same password."""
    # Not under pytest's folder: the path of clamd's socket may have no more than 107 bytes.
    data = Path(tempfile.mkdtemp(prefix="journey-", dir="/tmp"))
    started = Portal(_options(data))
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("PORTAL_", "DATABASE_"))]:
            patch.delenv(name)
        patch.setenv("PORTAL_DEMO_PASSWORD", PASSWORD)
        patch.setenv("PORTAL_WEB_WORKERS", "1")
        patch.setenv("PORTAL_WORKERS", "1")
        try:
            _fill(data)
            with started.only_one():
                started.start()
                yield started
        finally:
            started.stop()
            shutil.rmtree(data)


def _options(data: Path) -> Options:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    return Options(
        data=data,
        port=port,
        demo=True,
        upload_max_mb=100,
        signature_mirror="none",
        database_url="",
    )


def _fill(data: Path) -> None:
    """Fill a data folder as a first start does, from the kept one where there is one."""
    kept = KEPT / fingerprints.of_files(SHAPED_BY)
    with one_at_a_time("journeys"):
        if not kept.exists():
            shutil.copyfile(CACHE / f"{schema_key()}.sqlite3", data / "portal.sqlite3")
            first = Portal(_options(data))
            with first.only_one():
                try:
                    first.start()
                finally:
                    first.stop()
            shutil.rmtree(KEPT, ignore_errors=True)
            shutil.copytree(data, kept, ignore=_not_files)
        else:
            shutil.copytree(kept, data, dirs_exist_ok=True)


def _not_files(folder: str, names: list[str]) -> list[str]:
    """Name what cannot be copied: the sockets of parts that ran."""
    return [name for name in names if (Path(folder) / name).is_socket()]


@pytest.fixture(params=list(WIDTHS.values()), ids=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> int:
    """Take each journey twice: at a desk and on a phone."""
    chosen: int = request.param
    return chosen


@pytest.fixture
def sleeping_worker(portal: Portal) -> Iterator[Callable[[], None]]:
    """Hold the worker still; the test wakes it when it has seen what waits."""
    awake = False

    def wake() -> None:
        nonlocal awake
        awake = True
        _tell_the_worker(portal, signal.SIGCONT)

    _tell_the_worker(portal, signal.SIGSTOP)
    yield wake
    if not awake:
        wake()


def _tell_the_worker(portal: Portal, what: signal.Signals) -> None:
    worker = next(child for child in portal.children if child.name == "worker")
    assert worker.pid is not None
    os.killpg(worker.pid, what)


Start = Callable[..., Walk]


@pytest.fixture
def start(portal: Portal, browser: Browser, width: int) -> Iterator[Start]:
    """Open a browser of somebody's own: signed in as a demo person, or a stranger's."""
    opened: list[tuple[BrowserContext, Walk]] = []

    def begin(person: str = "", *, script: bool = True) -> Walk:
        context = browser.new_context(
            base_url=portal.chosen.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        walk = Walk(context.new_page(), mail=portal.chosen.data / "mail", width=width)
        opened.append((context, walk))
        if person:
            walk.sign_in(person)
        return walk

    yield begin
    for context, walk in opened:
        context.close()
        assert walk.complaints == []
