"""Who has read what: the same page about few and about many people, in turns."""

import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from benchmarks.harness import readers
from benchmarks.harness.bench import Bench, Figure, in_turns, session_cookie, spread
from benchmarks.harness.grown import served
from benchmarks.harness.pages import FLOOR, Look, Opened
from benchmarks.harness.portals import DATABASE, copy_database, inside, static_files
from portal.policies.models import PolicyPage
from portal.reading.actions.count_readers import recount

_FEW, _MANY, _MANY_QUICK = 200, 20_000, 2_000
_SHOWS = b"Who has read"


def measure_follow_up(bench: Bench) -> dict[str, Figure]:
    """Return statements, times and growth of the list, and of who has read one policy."""
    many = _MANY_QUICK if bench.quick else _MANY
    base = bench.data / "readers"
    base.mkdir()
    shutil.copyfile(bench.data / DATABASE, base / DATABASE)
    folders = {}
    with inside(base):
        readers.publish_policies()
        for size in (_FEW, many):
            bench.say(f"Filling a portal with {size} people and {readers.POLICIES} policies")
            readers.grow_to(size)
            folders[size] = bench.data / f"readers-{size}"
            folders[size].mkdir()
            copy_database(base / DATABASE, folders[size] / DATABASE)
        counting = _seconds_to_count()
    bench.say("Who has read what, about few and about many people")
    with _opened(bench, folders) as pages:
        figures = _figures(bench, pages, many)
    return figures | {f"recount_one_policy_{many}_ms": counting * 1000}


def _seconds_to_count() -> float:
    page = PolicyPage.objects.order_by("pk")[0]
    started = time.perf_counter()
    recount(page.pk)
    return time.perf_counter() - started


@contextmanager
def _opened(bench: Bench, folders: dict[int, Path]) -> Iterator[dict[str, Opened]]:
    """Serve both portals; give the list and the readers of one policy at each."""
    static, pages = static_files(bench), {}
    with ExitStack() as running:
        for size, folder in folders.items():
            with inside(folder):
                headers = {"Cookie": session_cookie(readers.lead())}
                slug = PolicyPage.objects.order_by("pk")[0].slug
            client, floor = (
                running.enter_context(served(folder, static)),
                Look(FLOOR, headers, b"yes"),
            )
            for name, path in (("followup", ""), ("readers", f"{slug}/")):
                look = Look(f"/policies/follow-up/{path}", headers, _SHOWS)
                pages[f"{name}_{size}"] = Opened(client, look, floor)
        yield pages


def _figures(bench: Bench, pages: dict[str, Opened], many: int) -> dict[str, Figure]:
    counts = {name: page.queries() for name, page in pages.items()}
    turns = in_turns(
        bench.rounds(200, 25),
        {name: partial(_seconds, page) for name, page in pages.items()},
        warm_up=5,
    )
    figures: dict[str, Figure] = {}
    for name in ("followup", "readers"):
        few, much = f"{name}_{_FEW}", f"{name}_{many}"
        growth = statistics.median(turns[much]) / statistics.median(turns[few])
        figures |= {
            f"{name}_queries_{_FEW}": counts[few],
            f"{name}_queries_{many}": counts[much],
            f"{name}_growth": growth,
            f"{name}_growth_quartiles": spread(turns, much, few),
            f"{few}_ms": statistics.median(turns[few]) * 1000,
            f"{much}_ms": statistics.median(turns[much]) * 1000,
        }
    return figures


def _seconds(page: Opened) -> float:
    return page.page().seconds
