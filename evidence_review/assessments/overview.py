"""How many places stand, on one day and on a later one. Pure: tallies in, words and orders out.

A place is head office or a site. Every count here is of what a level of the edition needs.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest
from itertools import chain
from typing import NamedTuple

from evidence_review.assessments.levels import Level, goal, level_on
from evidence_review.assessments.states import Standing, look
from evidence_review.assessments.tally import Count, Tally
from evidence_review.evidence.states import Look

NOTHING = Tally()
_FAR_OFF = date.max


class Place(NamedTuple):
    """Somewhere that stands by an assessment, its own or head office's; by none: not started."""

    name: str
    tally: Tally = NOTHING
    assessment: str = ""
    """The public id of the assessment it stands by."""
    site: int | None = None
    """The site's id; ``None`` is head office."""
    covered: str = ""
    """The public id of the site, when head office answers for it."""
    differing: int = 0
    to_confirm: int = 0


@dataclass(frozen=True)
class Outlook:
    """The levels of an edition, today, and the day that is looked ahead to.

    How high a place stands is a number, its rank: -1 when nothing is begun, 0 without a level, then
    1 for the lowest of the levels and so on.
    """

    levels: Sequence[Level]
    sections: Mapping[str, int]
    """How many answers each section needs, in the order of the questions."""
    today: date
    day: date

    @cached_property
    def needed(self) -> int:
        """How many answers an assessment of this edition needs."""
        return sum(self.sections.values())

    @cached_property
    def goal(self) -> Level | None:
        """The level everybody works for."""
        return goal(self.levels)

    @cached_property
    def goal_rank(self) -> int:
        """The rank of the goal; above every other when there is none."""
        return self.levels.index(self.goal) + 1 if self.goal else len(self.levels) + 1

    @cached_property
    def looks(self) -> dict[int, Look]:
        """How each rank is drawn."""
        without = f"Not {self.goal.short_name.lower()}" if self.goal else "None"
        drawn = {-1: look(Standing.NOT_STARTED), 0: Look(without, "stop", "stop")}
        for rank, level in enumerate(self.levels, start=1):
            reached = rank >= self.goal_rank
            kind, icon = ("done", "tick") if reached else ("wait", "flag")
            drawn[rank] = Look(level.short_name, kind, icon)
        return drawn

    def rank(self, tally: Tally, day: date) -> int:
        """Return the rank of an assessment on a day."""
        level = level_on(self.levels, tally, day)
        if level:
            return self.levels.index(level) + 1
        return 0 if tally.is_begun else -1


@dataclass(frozen=True)
class Section:
    """One section of one place: ``lapsing`` of the complete ones are not on the later day."""

    name: str
    needed: int
    complete: int
    lapsing: int


class Readiness:
    """How one place stands."""

    def __init__(self, place: Place, outlook: Outlook) -> None:
        self.place = place
        self.outlook = outlook
        self.rank = outlook.rank(place.tally, outlook.today)
        """How high it stands today."""
        self.rank_then = outlook.rank(place.tally, outlook.day)
        """How high it stands on the later day."""
        self._total = place.tally.total if place.tally.sections else Count(outlook.needed)
        self.missing = self._total.missing_on(outlook.day)
        """How many answers are not complete on the later day."""

    @property
    def missing_today(self) -> int:
        """How many answers are not complete today."""
        return self._total.missing_on(self.outlook.today)

    @property
    def next_lapse(self) -> date | None:
        """The first day after which something that is complete is not any more."""
        return self._total.next_lapse(self.outlook.today)

    @property
    def look(self) -> Look:
        """How today's level is drawn."""
        return self.outlook.looks[self.rank]

    @property
    def look_then(self) -> Look:
        """How the later day's level is drawn."""
        return self.outlook.looks[self.rank_then]

    @property
    def is_started(self) -> bool:
        """Whether anybody answered anything."""
        return self.rank >= 0

    @property
    def is_at_goal(self) -> bool:
        """Whether it is today where everybody works to be."""
        return self.rank >= self.outlook.goal_rank

    @property
    def is_at_goal_then(self) -> bool:
        """Whether it is there on the later day."""
        return self.rank_then >= self.outlook.goal_rank

    @property
    def lapsing(self) -> int:
        """How many answers that are complete today are not on the later day."""
        return self.missing - self.missing_today

    @property
    def sections(self) -> list[Section]:
        """How each section stands, in the order of the questions."""
        return [self._section(name) for name in self.outlook.sections]

    def _section(self, name: str) -> Section:
        one = self.place.tally.sections.get(name) or Count(self.outlook.sections[name])
        complete = one.complete_on(self.outlook.today)
        then = one.complete_on(self.outlook.day)
        return Section(name, one.needed, complete, complete - then)


@dataclass(frozen=True)
class Panel:
    """How many sites have which level on a day: a headline, and the looks with their counts."""

    reached: int
    of: int
    counts: Sequence[tuple[Look, int]]


def panel(ranks: Iterable[int], outlook: Outlook) -> Panel:
    """Count sites by rank, the highest first."""
    counts = sorted(Counter(ranks).items(), reverse=True)
    return Panel(
        reached=sum(count for rank, count in counts if rank >= outlook.goal_rank),
        of=sum(count for _, count in counts),
        counts=[(outlook.looks[rank], count) for rank, count in counts],
    )


class Lapses:
    """What lapses before the later day. What head office answered for its sites is told once."""

    def __init__(self, places: Iterable[Place], outlook: Outlook) -> None:
        self._days = {
            place.assessment: days
            for place in places
            if not place.covered and (days := place.tally.lapsing(outlook.today, outlook.day))
        }

    @cached_property
    def by_day(self) -> list[tuple[date, int]]:
        """How many answers lapse after each day."""
        found = Counter(chain.from_iterable(self._days.values()))
        return [(date.fromisoformat(last), count) for last, count in sorted(found.items())]

    @property
    def count(self) -> int:
        """How many answers lapse."""
        return sum(count for _, count in self.by_day)

    def groups(self, at_most: int | None = None) -> list[tuple[date, str]]:
        """Return last good day and assessment of what lapses together, the first first."""
        firsts = [days[0] for days in self._days.values()]
        until = max(nsmallest(at_most, firsts), default="") if at_most else _FAR_OFF.isoformat()
        found = {
            (last, assessment)
            for assessment, days in self._days.items()
            # Most assessments have nothing among the first, and need not be gone through.
            if days[0] <= until
            for last in days
        }
        return [(date.fromisoformat(last), whose) for last, whose in sorted(found)[:at_most]]


SORTS: dict[str, Callable[[Readiness], object]] = {
    "site": lambda one: one.place.name.casefold(),
    "today": lambda one: one.rank,
    "then": lambda one: one.rank_then,
    "missing": lambda one: one.missing,
    "lapse": lambda one: one.next_lapse or _FAR_OFF,
}
"""What the table can be sorted by, besides its sections (``s1``, ``s2`` and so on)."""


def ordered(rows: Iterable[Readiness], by: str) -> list[Readiness]:
    """Sort rows; a leading ``-`` turns the order round. Rows that are equal go by name.

    An unknown order is "most to put right first".
    """
    name = by.removeprefix("-")
    key = SORTS.get(name) or _by_section(name)
    if key is None:
        name, by, key = "missing", "-missing", SORTS["missing"]
    named = sorted(rows, key=lambda one: one.place.name.casefold())
    return sorted(named, key=key, reverse=by.startswith("-"))  # type: ignore[arg-type]  # each key gives values of one kind


def _by_section(name: str) -> Callable[[Readiness], object] | None:
    number = name.removeprefix("s")
    if name == number or number not in set("123456789"):
        return None
    at = int(number) - 1

    def open_answers(one: Readiness) -> int:
        if at >= len(one.outlook.sections):
            return 0
        section = one.sections[at]
        return section.needed - section.complete + section.lapsing

    return open_answers


def narrowed(rows: Iterable[Readiness], *, name: str = "", show: str = "") -> list[Readiness]:
    """Keep the rows whose name has the words in it and that fit ``show``.

    ``show`` is ``not_then`` (not at the goal on the later day), ``lapses`` (something lapses before
    it), or the label of a level today in small letters, as in ``not met``.
    """
    words = name.casefold().split()
    kept = (one for one in rows if all(word in one.place.name.casefold() for word in words))
    if not show:
        return list(kept)
    if show == "not_then":
        return [one for one in kept if not one.is_at_goal_then]
    if show == "lapses":
        return [one for one in kept if one.lapsing]
    return [one for one in kept if str(one.look.label).lower() == show]
