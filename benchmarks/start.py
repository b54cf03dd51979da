"""How soon the portal answers after a start, and what it keeps in memory at rest.

Beside it stands a new Wagtail project as ``wagtail start`` makes it, migrated, with its production
settings, under the same gunicorn settings. Both are prepared before, as on every start but the
first. At rest means: every web process has answered sign-in pages, then a pause. Memory is web
against web; the portal also has a worker, which a stock Wagtail has not: with it, see
``rest_memory_with_worker_over_stock_wagtail``.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.bench import Bench, Figure, in_turns, ratio, spread
from benchmarks.harness.client import Client
from benchmarks.harness.portals import static_files
from benchmarks.harness.processes import processor_seconds, proportional_mb
from benchmarks.harness.servers import web_server, worker
from script.launch.options import ROOT

_WEB_WORKERS = 2
_PAGES_BEFORE_REST = 20
_REST_SECONDS = 1.0
_LONGEST_WAIT = 30.0
_AT_REST_BELOW = 0.2
"""Processor seconds in one pause; the worker looks for jobs five times a second."""
_SETTINGS = "config.settings.dev"


@dataclass(frozen=True)
class Started:
    """One start: seconds until the first page, then MB at rest, without and with the worker."""

    seconds: float
    web_mb: float
    whole_mb: float


@dataclass(frozen=True)
class Site:
    """Something that gunicorn can serve: where its code is, and the page that signs people in."""

    code: Path
    application: str
    environ: Mapping[str, str]
    sign_in: str
    has_worker: bool = False

    def start(self) -> Started:
        """Start it, let it come to rest, and stop it again."""
        began = time.perf_counter()
        with web_server(
            workers=_WEB_WORKERS,
            application=self.application,
            environ=self.environ,
            first_page=self.sign_in,
            code=self.code,
        ) as server:
            seconds = time.perf_counter() - began
            self._open_pages(server.port)
            time.sleep(_REST_SECONDS)
            web_mb = whole_mb = proportional_mb([server.pid])
            if self.has_worker:
                with worker(processes=2) as queue:
                    _wait_for_family(queue)
                    whole_mb = proportional_mb([server.pid, queue])
        return Started(seconds, web_mb, whole_mb)

    def _open_pages(self, port: int) -> None:
        with Client(port) as one, Client(port) as other:
            for client in (one, other) * _PAGES_BEFORE_REST:
                client.get(self.sign_in)


def _wait_for_family(queue: int) -> None:
    """Wait until the worker has started all its processes and they have nothing more to do."""
    began, busy = time.monotonic(), -1.0
    while time.monotonic() - began < _LONGEST_WAIT:
        time.sleep(_REST_SECONDS)
        now = processor_seconds([queue])
        if now - busy < _AT_REST_BELOW:
            return
        busy = now


def measure(bench: Bench) -> dict[str, Figure]:
    """Return the ratios of start and memory, and what they are made of."""
    bench.say("Preparing the portal and a stock Wagtail")
    portal = Site(
        ROOT,
        "config.wsgi",
        {"PORTAL_STATIC": str(static_files(bench)), "DJANGO_SETTINGS_MODULE": _SETTINGS},
        "/account/login/",
        has_worker=True,
    )
    stock = _stock_wagtail(bench.data / "stock")
    bench.say("Starting each in turn")
    portals: list[Started] = []
    stocks: list[Started] = []

    def start(site: Site, kept: list[Started]) -> float:
        kept.append(site.start())
        return kept[-1].seconds

    in_turns(
        bench.rounds(9, 2),
        {"portal": lambda: start(portal, portals), "stock": lambda: start(stock, stocks)},
    )
    # The first of each only warmed up.
    return _figures(portals[1:], stocks[1:])


def _figures(portals: Sequence[Started], stocks: Sequence[Started]) -> dict[str, Figure]:
    starts = {"portal": [one.seconds for one in portals], "stock": [one.seconds for one in stocks]}
    rests = {
        "web": [one.web_mb for one in portals],
        "whole": [one.whole_mb for one in portals],
        "stock": [one.web_mb for one in stocks],
    }
    return {
        "cold_start_over_stock_wagtail": ratio(starts, "portal", "stock"),
        "cold_start_over_stock_wagtail_quartiles": spread(starts, "portal", "stock"),
        "cold_start_s": statistics.median(starts["portal"]),
        "stock_wagtail_cold_start_s": statistics.median(starts["stock"]),
        "rest_memory_over_stock_wagtail": ratio(rests, "web", "stock"),
        "rest_memory_over_stock_wagtail_quartiles": spread(rests, "web", "stock"),
        "rest_memory_with_worker_over_stock_wagtail": ratio(rests, "whole", "stock"),
        "rest_memory_mb": statistics.median(rests["web"]),
        "rest_memory_with_worker_mb": statistics.median(rests["whole"]),
        "stock_wagtail_rest_memory_mb": statistics.median(rests["stock"]),
    }


def _stock_wagtail(folder: Path) -> Site:
    """Make a project as the installed Wagtail makes it, ready to be served."""
    folder.mkdir()
    wagtail = Path(sys.executable).with_name("wagtail")
    _run([str(wagtail), "start", "stock", str(folder)], dict(os.environ), folder)
    local = folder / "stock" / "settings" / "local.py"
    local.write_text('SECRET_KEY = "only for a benchmark"\nALLOWED_HOSTS = ["127.0.0.1"]\n')
    environ = {
        "DJANGO_SETTINGS_MODULE": "stock.settings.production",
        "PYTHONPATH": str(folder),
        "PORTAL_DATA": str(folder),
    }
    for step in ("migrate", "collectstatic"):
        command = [sys.executable, "manage.py", step, "--no-input", "-v", "0"]
        _run(command, os.environ | environ, folder)
    return Site(folder, "stock.wsgi", environ, "/admin/login/")


def _run(command: list[str], environ: Mapping[str, str], folder: Path) -> None:
    subprocess.run(command, env=dict(environ), cwd=folder, stdout=subprocess.DEVNULL, check=True)
