"""The counts of one assessment from which its standing on any day follows. Pure.

A :class:`Tally` is kept as JSON on its assessment, made anew whenever one of its answers changes.
It holds counts and the days on which complete answers lapse, never words: so one row per site is
enough for a page about 300 sites, and for every day anybody looks ahead to.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from evidence_review.assessments.standing import Result
from evidence_review.assessments.states import Standing


class Count(NamedTuple):
    """How many answers are needed, begun and complete; ``lapses`` are last good days, sorted.

    Days are kept as ISO text, which sorts as days do.
    """

    needed: int = 0
    in_progress: int = 0
    complete: int = 0
    lapses: tuple[str, ...] = ()

    def complete_on(self, day: date) -> int:
        """Return how many of the complete answers are still good on ``day``."""
        return self.complete - bisect_left(self.lapses, day.isoformat())

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
        at = bisect_left(self.lapses, day.isoformat())
        return date.fromisoformat(self.lapses[at]) if at < len(self.lapses) else None

    def lapsing(self, today: date, day: date) -> tuple[str, ...]:
        """Return the last good days of what is complete today and no longer on ``day``."""
        first = bisect_left(self.lapses, today.isoformat())
        return self.lapses[first : bisect_left(self.lapses, day.isoformat())]


NOTHING = Count()


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

    ``sections`` counts what any level needs, by section; ``levels`` by the level's code;
    ``unplanned`` counts, among what is needed, what has no action: its ``complete`` and ``lapses``
    are answers that would need one once they lapse. ``published`` tells whether the owner has
    published before; ``certificates`` maps a certificate's name to its ``(first, last)`` days.
    """

    sections: Mapping[str, Count] = field(default_factory=dict)
    levels: Mapping[str, Count] = field(default_factory=dict)
    unplanned: Count = NOTHING
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
        by_section: dict[str, list[Result]] = {}
        by_level: dict[str, list[Result]] = {}
        for item in needed:
            by_section.setdefault(item.section, []).append(item.result)
            for level in item.levels:
                by_level.setdefault(level, []).append(item.result)
        return cls(
            sections={name: count(results) for name, results in by_section.items()},
            levels={code: count(results) for code, results in by_level.items()},
            unplanned=count(item.result for item in needed if not item.is_planned),
            published=published,
            certificates=dict(certificates or {}),
        )

    @property
    def total(self) -> Count:
        """The sections put together."""
        counts = self.sections.values()
        return Count(
            sum(one.needed for one in counts),
            sum(one.in_progress for one in counts),
            sum(one.complete for one in counts),
            tuple(sorted(day for one in counts for day in one.lapses)),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the tally as it is kept."""
        return {
            "sections": {name: _packed(one) for name, one in self.sections.items()},
            "levels": {code: _packed(one) for code, one in self.levels.items()},
            "unplanned": _packed(self.unplanned),
            "published": self.published,
            "certificates": {
                name: [list(days) for days in spans] for name, spans in self.certificates.items()
            },
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Tally":
        """Return a kept tally; an empty one for an assessment that was never counted."""
        if not kept:
            return cls()
        return cls(
            sections={name: _unpacked(one) for name, one in kept["sections"].items()},
            levels={code: _unpacked(one) for code, one in kept["levels"].items()},
            unplanned=_unpacked(kept["unplanned"]),
            published=kept["published"],
            certificates={
                name: [(first, last) for first, last in spans]
                for name, spans in kept["certificates"].items()
            },
        )


def count(results: Iterable[Result]) -> Count:
    """Count results."""
    kept = list(results)
    complete = [one for one in kept if one.standing == Standing.COMPLETE]
    return Count(
        needed=len(kept),
        in_progress=sum(one.standing == Standing.IN_PROGRESS for one in kept),
        complete=len(complete),
        lapses=tuple(sorted(one.good_until.isoformat() for one in complete if one.good_until)),
    )


def _packed(one: Count) -> list[Any]:
    return [one.needed, one.in_progress, one.complete, list(one.lapses)]


def _unpacked(kept: Sequence[Any]) -> Count:
    needed, in_progress, complete, lapses = kept
    return Count(needed, in_progress, complete, tuple(lapses))
