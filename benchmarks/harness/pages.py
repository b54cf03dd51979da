"""A page at 1,000 and at 20,000 pieces of evidence beside the floor of every page, in turns."""

import statistics
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from benchmarks.harness import people
from benchmarks.harness.bench import Bench, Figure, in_turns, ratio, session_cookie, spread
from benchmarks.harness.client import Answer, Client
from benchmarks.harness.counting import ANSWER, ASK
from benchmarks.harness.portals import few_and_many, inside, static_files
from benchmarks.harness.servers import scanner, web_server

FLOOR = "/_floor/session/"


@dataclass(frozen=True)
class Look:
    """One page as one person opens it: where it is, what shows who looks, what must be on it."""

    path: str
    headers: Mapping[str, str]
    shows: bytes


@dataclass(frozen=True)
class Opened:
    """A running portal with somebody looking at it."""

    client: Client
    look: Look
    floor: Look

    def page(self, **more: str) -> Answer:
        """Open the page, and make sure that it is the page; ``more`` are headers."""
        return self._get(self.look, more)

    def floor_page(self) -> Answer:
        """Open the page that only finds out who asks."""
        return self._get(self.floor, {})

    def queries(self, **more: str) -> int:
        """Return how many statements the page takes when it was opened before."""
        self.page()
        return int(self._get(self.look, ASK | more).headers[ANSWER])

    def _get(self, look: Look, more: Mapping[str, str]) -> Answer:
        answer = self.client.send("GET", look.path, headers=dict(look.headers) | dict(more))
        if answer.status != 200 or look.shows not in answer.body:
            raise RuntimeError(f"{answer.status} for {look.path}: {answer.body[:500]!r}")
        return answer


@contextmanager
def few_and_many_opened(bench: Bench, look: Callable[[], Look]) -> Iterator[tuple[Opened, Opened]]:
    """Serve a portal with little and one with much evidence; ``look`` prepares the look at each."""
    with ExitStack() as running:
        static = static_files(bench)
        folders = few_and_many(bench)
        running.enter_context(scanner())
        yield tuple(running.enter_context(_opened(folder, static, look)) for folder in folders)  # type: ignore[misc]  # two folders, two portals


@contextmanager
def _opened(folder: Path, static: Path, look: Callable[[], Look]) -> Iterator[Opened]:
    with inside(folder):
        wanted = look()
        cookie = session_cookie(people.person("ig_lead"))
    environ = {
        "PORTAL_DATA": str(folder),
        "PORTAL_STATIC": str(static),
        "PORTAL_CLAMD_SOCKET": str(settings.CLAMD_SOCKET),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    with web_server(workers=1, environ=environ) as server, Client(server.port) as client:
        yield Opened(client, wanted, Look(FLOOR, {"Cookie": cookie}, b"yes"))


def figures_of(name: str, bench: Bench, few: Opened, many: Opened) -> dict[str, Figure]:
    """Measure a page in turns; return its counts, times, ratio to the floor and growth."""
    counts = {"1k": few.queries(), "20k": many.queries()}
    turns = in_turns(
        bench.rounds(200, 60),
        {
            "few": lambda: few.page().seconds,
            "few_floor": lambda: few.floor_page().seconds,
            "many": lambda: many.page().seconds,
            "many_floor": lambda: many.floor_page().seconds,
        },
        warm_up=10,
    )
    return {
        f"{name}_queries_1k": counts["1k"],
        f"{name}_queries_20k": counts["20k"],
        f"{name}_20k_over_auth_floor": ratio(turns, "many", "many_floor"),
        f"{name}_20k_over_auth_floor_quartiles": spread(turns, "many", "many_floor"),
        f"{name}_growth": statistics.median(turns["many"]) / statistics.median(turns["few"]),
        f"{name}_growth_quartiles": spread(turns, "many", "few"),
        f"{name}_1k_ms": statistics.median(turns["few"]) * 1000,
        f"{name}_20k_ms": statistics.median(turns["many"]) * 1000,
        "auth_floor_ms": statistics.median(turns["many_floor"]) * 1000,
        "rounds": len(turns["many"]),
    }
