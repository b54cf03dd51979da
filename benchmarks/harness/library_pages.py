"""The search page over libraries of different sizes, beside the same question and nothing else."""

import math
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode

from benchmarks.harness.bench import Bench, Figure, in_turns, ratio, spread
from benchmarks.harness.client import Client
from benchmarks.harness.counting import ANSWER, ASK
from benchmarks.harness.library import site_number
from benchmarks.harness.library_words import QUESTIONS, Asked, common, questions

FLOOR = "/_floor/search/"


@dataclass(frozen=True)
class Library:
    """A running portal with so many documents, and the cookies of those who look for them."""

    client: Client
    size: int
    lead: str
    restricted: str
    refs: Sequence[str]
    """Public ids of the evidence by the number of the document."""
    asked: Sequence[Asked]
    common: Sequence[str]

    def page(
        self, typed: str, cookie: str, **headers: str
    ) -> tuple[float, bytes, Mapping[str, str]]:
        """Open the page of a search; return the seconds, the page and its headers."""
        return self._get(f"/search/?{urlencode({'q': typed})}", cookie, b"wk-find", headers)

    def floor(self, typed: str) -> float:
        """Put the same words straight to the database, behind a view that knows who asks."""
        return self._get(f"{FLOOR}?{urlencode({'q': typed})}", self.lead, b"yes", {})[0]

    def _get(
        self, path: str, cookie: str, shows: bytes, headers: Mapping[str, str]
    ) -> tuple[float, bytes, Mapping[str, str]]:
        answer = self.client.send("GET", path, headers={"Cookie": cookie} | dict(headers))
        if answer.status != 200 or shows not in answer.body:
            raise RuntimeError(f"{answer.status} for {path}: {answer.body[:500]!r}")
        return answer.seconds, answer.body, answer.headers


def library_of(
    bench: Bench, client: Client, size: int, cookies: tuple[str, str], refs: Sequence[str]
) -> Library:
    """Return a library with its questions: of every kind about some documents, drawn by chance."""
    about = random.Random(bench.seed).sample(range(size), bench.rounds(60, 30))
    return Library(
        client,
        size,
        *cookies,
        refs,
        asked=list(questions(about, bench.seed)),
        common=common(40, bench.seed),
    )


def figures_of(bench: Bench, libraries: Sequence[Library], name: str) -> dict[str, Figure]:
    """Measure the libraries, smallest first, in turns; every figure ends in ``name``."""
    small, large = libraries[0], libraries[-1]
    turns = in_turns(bench.rounds(240, 60), _measures(libraries), warm_up=12)
    figures: dict[str, Figure] = {}
    for figure, of, over in (
        ("search_over_floor", f"page_{large.size}", "floor"),
        ("search_common_over_floor", f"common_{large.size}", "common_floor"),
        ("search_restricted_ratio", "restricted", "unrestricted"),
    ):
        figures[figure] = ratio(turns, of, over)
        figures[f"{figure}_quartiles"] = spread(turns, of, over)
    times = math.log(large.size / small.size)
    for figure, of in (
        ("search_growth_exponent", "page"),
        ("search_common_growth_exponent", "common"),
    ):
        many, few = (statistics.median(turns[f"{of}_{one.size}"]) for one in (large, small))
        figures[figure] = math.log(many / few) / times
    for of, seconds in turns.items():
        figures[f"search_{of}_ms"] = statistics.median(seconds) * 1000
        figures[f"search_{of}_p95_ms"] = statistics.quantiles(seconds, n=20)[-1] * 1000
    figures["search_rounds"] = len(turns["floor"])
    figures |= queries_of(large) | quality_of(large)
    return {f"{figure}_{name}": value for figure, value in figures.items()}


def _measures(libraries: Sequence[Library]) -> dict[str, Callable[[], float]]:
    """Return what is measured in each round; a page and its floor ask the same question."""
    large = libraries[-1]
    typed = [one.typed for one in large.asked]
    at_site = [one.typed for one in large.asked if site_number(one.number) == 0]
    measures = {
        "floor": _each(large.floor, typed),
        "common_floor": _each(large.floor, large.common),
        "unrestricted": _each(_page(large, large.lead), at_site),
        "restricted": _each(_page(large, large.restricted), at_site),
    }
    for one in libraries:
        page = _page(one, one.lead)
        measures[f"page_{one.size}"] = _each(page, [each.typed for each in one.asked])
        measures[f"common_{one.size}"] = _each(page, one.common)
    return measures


def _each(measure: Callable[[str], float], typed: Sequence[str]) -> Callable[[], float]:
    questions = cycle(typed)
    return lambda: measure(next(questions))


def _page(library: Library, cookie: str) -> Callable[[str], float]:
    return lambda typed: library.page(typed, cookie)[0]


def queries_of(library: Library) -> dict[str, Figure]:
    """Return the fewest and the most statements that a search takes."""
    counts = [
        int(library.page(one.typed, library.lead, **ASK)[2][ANSWER])
        for one in library.asked[: 2 * len(QUESTIONS)]
    ]
    return {"search_queries_fewest": min(counts), "search_queries_most": max(counts)}


def quality_of(library: Library) -> dict[str, Figure]:
    """Return, for each kind of question, how often the expected document is among the first ten."""
    found: dict[str, list[bool]] = {kind: [] for kind in QUESTIONS}
    for one in library.asked:
        page = library.page(one.typed, library.lead)[1]
        found[one.kind].append(f"/evidence/{library.refs[one.number]}/".encode() in page)
    return {kind: statistics.mean(hits) for kind, hits in found.items()}
