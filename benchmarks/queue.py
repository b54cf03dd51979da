"""What the review queue costs, beside a view that only finds out who asks.

The IG lead opens it; a quarter of all evidence waits for them, five thousand of twenty thousand.
Wagtail's furniture around the page is kept for half a minute, so the figures are of a page looked
at again; ``first_look`` is the same page with nothing kept.
"""

import statistics
from itertools import count

from benchmarks.harness import people
from benchmarks.harness.bench import Bench, Figure, in_turns, ratio, session_cookie, spread
from benchmarks.harness.pages import Look, Opened, few_and_many_opened, figures_of

_PATH = "/admin/evidence/review/"


def measure(bench: Bench) -> dict[str, Figure]:
    """Return the counts, the ratio to the floor and the growth."""
    with few_and_many_opened(bench, _look) as (few, many):
        bench.say("The queue, looked at again and again")
        figures = figures_of("queue", bench, few, many)
        bench.say("The queue, looked at for the first time")
        return figures | _first_looks(bench, few, many)


def _look() -> Look:
    cookie = session_cookie(people.person("ig_lead"))
    return Look(_PATH, {"Cookie": cookie}, b"Demo evidence")


def _first_looks(bench: Bench, few: Opened, many: Opened) -> dict[str, Figure]:
    looks = count()

    def new(opened: Opened) -> dict[str, str]:
        # The furniture depends on whether the menu is folded up; a new answer makes it new.
        cookie = opened.look.headers["Cookie"]
        return {"Cookie": f"{cookie}; wagtail_sidebar_collapsed={next(looks)}"}

    turns = in_turns(
        bench.rounds(60, 15),
        {
            "few": lambda: few.page(**new(few)).seconds,
            "many": lambda: many.page(**new(many)).seconds,
            "floor": lambda: many.floor_page().seconds,
        },
        warm_up=3,
    )
    return {
        "queue_first_look_queries_1k": few.queries(**new(few)),
        "queue_first_look_queries_20k": many.queries(**new(many)),
        "queue_first_look_20k_over_auth_floor": ratio(turns, "many", "floor"),
        "queue_first_look_20k_over_auth_floor_quartiles": spread(turns, "many", "floor"),
        "queue_first_look_growth": ratio(turns, "many", "few"),
        "queue_first_look_20k_ms": statistics.median(turns["many"]) * 1000,
    }
