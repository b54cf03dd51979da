"""The counts of one assessment from which its standing on any day follows. Pure.

A :class:`Tally` is kept as JSON on its assessment, made anew whenever one of its answers changes.
It holds counts and the days on which complete answers lapse, never words: so one row per site is
enough for a page about 300 sites, and for every day anybody looks ahead to.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from evidence_review.assessments.standing import Result
from evidence_review.assessments.states import Standing


class Count(NamedTuple):
    """How many answers are needed, begun and complete, and which of the days are theirs.

    ``days`` are the last good days of every complete answer of the assessment that lapses, sorted;
    ``mine`` has a character for each of them: ``1`` where the answer is one of those counted here.
    So the days are written down once, however many counts share them. They are ISO text, which
    sorts as days do.
    """

    needed: int = 0
    in_progress: int = 0
    complete: int = 0
    days: tuple[str, ...] = ()
    mine: str = ""

    def complete_on(self, day: date) -> int:
        """Return how many of the complete answers are still good on ``day``."""
        return self.complete - self.mine.count("1", 0, bisect_left(self.days, day.isoformat()))

    def missing_on(self, day: date) -> int:
        """Return how many of those needed are not complete on ``day``."""
        return self.needed - self.complete_on(day)

    def in_progress_on(self, day: date) -> int:
        """Return how many are begun and not complete, those that lapsed by ``day`` among them."""
        return self.in_progress + self.complete - self.complete_on(day)

    @property
    def not_started(self) -> int:
        """How many have nothing at all."""
        return self.needed - self.in_progress - self.complete

    @property
    def is_begun(self) -> bool:
        """Whether any answer has anything in it."""
        return self.in_progress + self.complete > 0

    def next_lapse(self, day: date) -> date | None:
        """Return the first last-good-day not before ``day``."""
        at = self.mine.find("1", bisect_left(self.days, day.isoformat()))
        return None if at < 0 else date.fromisoformat(self.days[at])


@dataclass(frozen=True, kw_only=True)
class Item:
    """One answer as the tally sees it."""

    section: str
    levels: Sequence[str]
    result: Result
    is_planned: bool = False
    """Whether an action with an owner and a date is open for it."""


@dataclass(frozen=True)
class Tally:
    """The counts of one assessment.

    ``days`` are the last good days of complete answers, as :class:`Count` has them; ``sections``
    counts what any level needs, by section; ``levels`` by the level's code; ``unplanned`` counts,
    among what is needed, what has no action: what of it is complete would need one once it lapses.
    ``published`` tells whether the owner has published before; ``certificates`` maps a
    certificate's name to its ``(first, last)`` days.
    """

    days: tuple[str, ...] = ()
    sections: Mapping[str, Count] = field(default_factory=dict)
    levels: Mapping[str, Count] = field(default_factory=dict)
    unplanned: Count = field(default_factory=Count)
    published: bool = False
    certificates: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        items: Iterable[Item],
        *,
        published: bool = False,
        certificates: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> "Tally":
        """Count the answers of one assessment; those that no level needs are left out."""
        needed = [item for item in items if item.levels]
        lapsing = sorted(filter(_lapses, needed), key=_last_day)
        days = tuple(map(_last_day, lapsing))

        def count(counted: Sequence[Item]) -> Count:
            mine = {id(item) for item in counted}
            standings = [item.result.standing for item in counted]
            return Count(
                needed=len(counted),
                in_progress=standings.count(Standing.IN_PROGRESS),
                complete=standings.count(Standing.COMPLETE),
                days=days,
                mine="".join("1" if id(item) in mine else "0" for item in lapsing),
            )

        sections = dict.fromkeys(item.section for item in needed)
        levels = dict.fromkeys(level for item in needed for level in item.levels)
        return cls(
            days=days,
            sections={name: count([i for i in needed if i.section == name]) for name in sections},
            levels={code: count([i for i in needed if code in i.levels]) for code in levels},
            unplanned=count([item for item in needed if not item.is_planned]),
            published=published,
            certificates=dict(certificates or {}),
        )

    @cached_property
    def is_begun(self) -> bool:
        """Whether any answer that is needed has anything in it."""
        return self.total.is_begun

    @cached_property
    def total(self) -> Count:
        """The sections put together."""
        counts = self.sections.values()
        return Count(
            sum(one.needed for one in counts),
            sum(one.in_progress for one in counts),
            sum(one.complete for one in counts),
            self.days,
            "1" * len(self.days),
        )

    def lapsing(self, today: date, day: date) -> tuple[str, ...]:
        """Return the last good days of what is complete today and no longer on ``day``."""
        first = bisect_left(self.days, today.isoformat())
        return self.days[first : bisect_left(self.days, day.isoformat())]

    def to_json(self) -> dict[str, Any]:
        """Return the tally as it is kept."""
        return {
            "days": list(self.days),
            "sections": {name: _packed(one) for name, one in self.sections.items()},
            "levels": {code: _packed(one) for code, one in self.levels.items()},
            "unplanned": _packed(self.unplanned),
            "published": self.published,
            "certificates": {
                name: [list(span) for span in spans] for name, spans in self.certificates.items()
            },
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Tally":
        """Return a kept tally; an empty one for an assessment that was never counted."""
        if not kept:
            return cls()
        days = tuple(kept["days"])
        return cls(
            days=days,
            sections={name: _unpacked(one, days) for name, one in kept["sections"].items()},
            levels={code: _unpacked(one, days) for code, one in kept["levels"].items()},
            unplanned=_unpacked(kept["unplanned"], days),
            published=kept["published"],
            certificates={
                name: [(first, last) for first, last in spans]
                for name, spans in kept["certificates"].items()
            },
        )


@lru_cache(maxsize=1024)
def read_tally(text: str) -> Tally:
    """Return a tally from the text it is kept as.

    Tallies change seldom and are looked at often, so each is read once and remembered.
    """
    return Tally.from_json(json.loads(text))


def _lapses(item: Item) -> bool:
    return item.result.standing == Standing.COMPLETE and item.result.good_until is not None


def _last_day(item: Item) -> str:
    return item.result.good_until.isoformat() if item.result.good_until else ""


def _packed(one: Count) -> list[Any]:
    return [one.needed, one.in_progress, one.complete, one.mine]


def _unpacked(kept: Sequence[Any], days: tuple[str, ...]) -> Count:
    needed, in_progress, complete, mine = kept
    return Count(needed, in_progress, complete, days, mine)
