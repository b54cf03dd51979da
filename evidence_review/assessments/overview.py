"""How many places stand, on one day and on a later one. Pure: tallies in, words and orders out.

A place is head office or a site. Every count here is of what a level of the edition needs.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from evidence_review.assessments.levels import Level, goal, level_on
from evidence_review.assessments.states import Look, Standing, look
from evidence_review.assessments.tally import Count, Tally

_FAR_OFF = date.max
_NOT_STARTED = look(Standing.NOT_STARTED)


@dataclass(frozen=True)
class Place:
    """Somewhere that stands by an assessment, its own or head office's; by none: not started."""

    name: str
    tally: Tally = field(default_factory=Tally)
    assessment: str = ""
    """The public id of the assessment it stands by."""
    site: int | None = None
    """The site's id; ``None`` is head office."""
    is_covered: bool = False
    """Whether head office answers for it."""
    differing: int = 0
    to_confirm: int = 0

    @property
    def is_started(self) -> bool:
        """Whether anybody answered anything."""
        return any(one.is_begun for one in self.tally.sections.values())


@dataclass(frozen=True)
class Outlook:
    """The levels of an edition, today, and the day that is looked ahead to."""

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

    def reaches_goal(self, level: Level | None) -> bool:
        """Whether a level is the goal, or above it."""
        if level is None or self.goal is None:
            return False
        return self.levels.index(level) >= self.levels.index(self.goal)

    def look(self, level: Level | None, *, is_started: bool = True) -> Look:
        """Return how a level is drawn; without one: "Not met", or "Not started"."""
        if not is_started:
            return _NOT_STARTED
        if level is None:
            name = f"Not {self.goal.short_name.lower()}" if self.goal else "None"
            return Look(name, "stop", "stop")
        reached = self.reaches_goal(level)
        return Look(level.short_name, "done" if reached else "wait", "tick" if reached else "flag")


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
        self.level = level_on(outlook.levels, place.tally, outlook.today)
        self.level_then = level_on(outlook.levels, place.tally, outlook.day)
        counts = place.tally.sections.values()
        self.missing = (
            sum(one.missing_on(outlook.day) for one in counts) if counts else outlook.needed
        )
        """How many answers are not complete on the later day."""

    @cached_property
    def look(self) -> Look:
        """How today's level is drawn."""
        return self.outlook.look(self.level, is_started=self.place.is_started)

    @cached_property
    def look_then(self) -> Look:
        """How the later day's level is drawn."""
        return self.outlook.look(self.level_then, is_started=self.place.is_started)

    @cached_property
    def next_lapse(self) -> date | None:
        """The first day after which something that is complete is not any more."""
        days = (one.next_lapse(self.outlook.today) for one in self.place.tally.sections.values())
        return min((day for day in days if day), default=None)

    @property
    def missing_today(self) -> int:
        """How many answers are not complete today."""
        counts = self.place.tally.sections.values()
        return sum(one.missing_on(self.outlook.today) for one in counts) if counts else self.missing

    @property
    def lapsing(self) -> int:
        """How many answers that are complete today are not on the later day."""
        return self.missing - self.missing_today

    def section(self, name: str) -> Section:
        """Return how one section stands."""
        one = self.place.tally.sections.get(name) or Count(self.outlook.sections[name])
        complete = one.complete_on(self.outlook.today)
        then = one.complete_on(self.outlook.day)
        return Section(name, one.needed, complete, complete - then)

    @property
    def sections(self) -> list[Section]:
        """How each section stands, in the order of the questions."""
        return [self.section(name) for name in self.outlook.sections]


@dataclass(frozen=True)
class Panel:
    """How many sites have which level on a day: a headline, and the looks with their counts."""

    reached: int
    of: int
    counts: Sequence[tuple[Look, int]]


def panel(looks: Iterable[tuple[Level | None, Look]], outlook: Outlook) -> Panel:
    """Count sites by level, the highest level first."""
    shown = list(looks)
    order = {level.short_name: -at for at, level in enumerate(outlook.levels, start=1)}
    order[_NOT_STARTED.label] = 2
    counts = Counter(one for _, one in shown)
    by_level = sorted(counts.items(), key=lambda item: order.get(item[0].label, 1))
    reached = sum(outlook.reaches_goal(level) for level, _ in shown)
    return Panel(reached, len(shown), by_level)


def lapse_days(places: Iterable[Place], outlook: Outlook) -> list[tuple[date, str, int]]:
    """Return what lapses before the later day: last good day, assessment, how many; in order.

    What head office answered for several sites is told once.
    """
    found: Counter[tuple[str, str]] = Counter()
    for assessment, tally in {
        place.assessment: place.tally for place in places if not place.is_covered
    }.items():
        for section in tally.sections.values():
            for last in section.lapsing(outlook.today, outlook.day):
                found[last, assessment] += 1
    return [(date.fromisoformat(d), who, count) for (d, who), count in sorted(found.items())]


SORTS: dict[str, Callable[[Readiness], object]] = {
    "site": lambda one: one.place.name.casefold(),
    "today": lambda one: _rank(one, one.level),
    "then": lambda one: _rank(one, one.level_then),
    "missing": lambda one: one.missing,
    "lapse": lambda one: one.next_lapse or _FAR_OFF,
}
"""What the table can be sorted by, besides its sections (``s1``, ``s2`` and so on)."""


def _rank(one: Readiness, level: Level | None) -> int:
    if level is None:
        return 0 if one.place.is_started else -1
    return one.outlook.levels.index(level) + 1


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
        return [one for one in kept if not one.outlook.reaches_goal(one.level_then)]
    if show == "lapses":
        return [one for one in kept if one.lapsing]
    return [one for one in kept if str(one.look.label).lower() == show]
