"""How soon the portal answers after a start, and what it keeps in memory at rest.

Beside it stands a new Wagtail project as ``wagtail start`` makes it, migrated, with its production
settings, under the same gunicorn settings. Both are prepared before, as on every start but the
first. At rest means: every web process has answered sign-in pages, then a pause.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.bench import Bench, Figure, in_turns, ratio, spread
from benchmarks.harness.client import Client
from benchmarks.harness.memory import proportional_mb
from benchmarks.harness.portals import static_files
from benchmarks.harness.servers import WebServer, scanner, web_server, worker
from script.launch.options import ROOT

_WEB_WORKERS = 2
_PAGES_BEFORE_REST = 20
_REST_SECONDS = 2.0
_SETTINGS = "config.settings.dev"


@dataclass(frozen=True)
class Site:
    """Something that gunicorn can serve: where its code is, and the page that signs people in."""

    code: Path
    application: str
    environ: Mapping[str, str]
    sign_in: str

    @contextmanager
    def running(self) -> Iterator[WebServer]:
        """Serve it; it is there as soon as its sign-in page is answered."""
        with web_server(
            workers=_WEB_WORKERS,
            application=self.application,
            environ=self.environ,
            first_page=self.sign_in,
            code=self.code,
        ) as server:
            yield server

    def seconds_to_first_page(self) -> float:
        """Start it and stop it again; return the seconds until its first page was there."""
        started = time.perf_counter()
        with self.running():
            return time.perf_counter() - started


def measure(bench: Bench) -> dict[str, Figure]:
    """Return the ratios of start and memory, and what they are made of."""
    bench.say("Preparing the portal and a stock Wagtail")
    portal = Site(
        ROOT,
        "config.wsgi",
        {"PORTAL_STATIC": str(static_files(bench)), "DJANGO_SETTINGS_MODULE": _SETTINGS},
        "/account/login/",
    )
    stock = _stock_wagtail(bench.data / "stock")
    bench.say("Starting each in turn")
    starts = in_turns(
        bench.rounds(9, 3),
        {"portal": portal.seconds_to_first_page, "stock": stock.seconds_to_first_page},
    )
    bench.say("Memory at rest")
    rests = in_turns(
        bench.rounds(3, 1),
        {
            "portal": lambda: _rest_mb(portal, with_worker=True),
            "portal_web": lambda: _rest_mb(portal, with_worker=False),
            "stock": lambda: _rest_mb(stock, with_worker=False),
        },
        warm_up=0,
    )
    return _figures(starts, rests)


def _figures(
    starts: Mapping[str, list[float]], rests: Mapping[str, list[float]]
) -> dict[str, Figure]:
    return {
        "cold_start_over_stock_wagtail": ratio(starts, "portal", "stock"),
        "cold_start_over_stock_wagtail_quartiles": spread(starts, "portal", "stock"),
        "cold_start_s": statistics.median(starts["portal"]),
        "stock_wagtail_cold_start_s": statistics.median(starts["stock"]),
        "rest_memory_over_stock_wagtail": ratio(rests, "portal", "stock"),
        "rest_memory_web_over_stock_wagtail": ratio(rests, "portal_web", "stock"),
        "rest_memory_mb": statistics.median(rests["portal"]),
        "rest_memory_web_mb": statistics.median(rests["portal_web"]),
        "stock_wagtail_rest_memory_mb": statistics.median(rests["stock"]),
    }


def _rest_mb(site: Site, *, with_worker: bool) -> float:
    """Return the memory of all processes of a site at rest, shared pages counted once."""
    with ExitStack() as held:
        roots = [held.enter_context(site.running())]
        pids = [roots[0].pid]
        if with_worker:
            held.enter_context(scanner())
            pids.append(held.enter_context(worker(processes=2)))
        with Client(roots[0].port) as one, Client(roots[0].port) as other:
            for client in (one, other):
                for _ in range(_PAGES_BEFORE_REST):
                    client.get(site.sign_in)
        time.sleep(_REST_SECONDS)
        return proportional_mb(pids)


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
