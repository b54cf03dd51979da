"""The pages about a group and about one of its sites, and what is measured of them."""

import statistics
from collections.abc import Callable, Mapping
from functools import partial

from benchmarks.harness.bench import Bench, Figure, in_turns, ratio, spread
from benchmarks.harness.client import Answer, Client
from benchmarks.harness.pages import Look, Opened

_FLOOR = "/_floor/answers/"


def pages_of(
    client: Client, size: int, cookie: str, site: str, *, alone: bool
) -> dict[str, Opened]:
    """Return the page of a group of this size, and that of one site where ``alone``."""
    headers = {"Cookie": cookie}
    floor = Look(_FLOOR, headers, b"yes")
    pages = {}
    if size > 1:
        look = Look("/readiness/", headers, b"sites Met")
        pages[f"group_{size}"] = Opened(client, look, floor)
    if alone:
        look = Look(f"/readiness/{site}/", headers, b"Section by section")
        pages[f"site_{size}"] = Opened(client, look, floor)
    return pages


def figures_of(bench: Bench, opened: Mapping[str, Opened]) -> dict[str, Figure]:
    """Measure the pages in turns; return their counts, times and ratios."""
    counts = {name: one.queries() for name, one in opened.items()}
    measures = {name: partial(_seconds, one.page) for name, one in opened.items()}
    measures["floor"] = partial(_seconds, opened["group_300"].floor_page)
    turns = in_turns(bench.rounds(200, 40), measures, warm_up=10)
    figures: dict[str, Figure] = {
        "group_300_over_floor": ratio(turns, "group_300", "floor"),
        "group_300_over_floor_quartiles": spread(turns, "group_300", "floor"),
        "group_300_over_10": ratio(turns, "group_300", "group_10"),
        "group_300_over_10_quartiles": spread(turns, "group_300", "group_10"),
        "one_site_300_over_1": ratio(turns, "site_300", "site_1"),
        "one_site_300_over_1_quartiles": spread(turns, "site_300", "site_1"),
        "floor_ms": statistics.median(turns["floor"]) * 1000,
        "rounds": len(turns["floor"]),
    }
    for name in opened:
        if name.startswith("group"):
            figures[name.replace("group", "group_queries")] = counts[name]
        figures[f"{name}_ms"] = statistics.median(turns[name]) * 1000
    return figures


def _seconds(look: Callable[[], Answer]) -> float:
    return look().seconds
