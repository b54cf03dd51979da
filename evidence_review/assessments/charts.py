"""Where the marks of a drawing stand. Pure: days and counts in, whole numbers out.

Every drawing has a table beside it that says the same in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_review.assessments.freshness import months_after

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True)
class Tick:
    """The first day of a month on the line."""

    x: int
    word: str


@dataclass(frozen=True)
class Mark:
    """How many lapse around here; neighbours too close to tell apart share one mark."""

    x: int
    count: int

    @property
    def radius(self) -> int:
        """How large it is drawn: the number has to fit in."""
        return 10 + 3 * len(str(self.count)) if self.count > 9 else 13


@dataclass(frozen=True)
class Timeline:
    """A line from today to a day, drawn ``width`` wide with ``margin`` free on either side."""

    width: int
    margin: int
    ticks: Sequence[Tick]
    marks: Sequence[Mark]

    @property
    def end(self) -> int:
        """Where the line ends."""
        return self.width - self.margin


def timeline(
    counts: Iterable[tuple[date, int]], today: date, day: date, *, width: int, apart: int
) -> Timeline:
    """Draw how many lapse when; ``apart`` is how far apart marks must stand to be told apart."""
    margin = apart
    span = max((day - today).days, 1)

    def x(of: date) -> int:
        return margin + round((of - today).days * (width - 2 * margin) / span)

    marks: list[Mark] = []
    for when, count in sorted(counts):
        if marks and x(when) - marks[-1].x < apart:
            marks[-1] = Mark(marks[-1].x, marks[-1].count + count)
        else:
            marks.append(Mark(x(when), count))
    room = (width - 2 * margin) // (apart * 2)
    ticks = [
        Tick(x(first), _month(first, is_first=not at))
        for at, first in enumerate(_months(today, day, room))
    ]
    return Timeline(width, margin, ticks, marks)


def _months(today: date, day: date, room: int) -> list[date]:
    """Return first days of months between the days, no more of them than there is room for."""
    first = months_after(today.replace(day=1), 1)
    count = (day.year - first.year) * 12 + day.month - first.month + 1
    step = next((one for one in _MONTH_STEPS if count <= one * room), _MONTH_STEPS[-1])
    return [months_after(first, ahead) for ahead in range(0, max(count, 0), step)]


def _month(first: date, *, is_first: bool) -> str:
    return f"{first:%b %Y}" if is_first or first.month == 1 else f"{first:%b}"


@dataclass(frozen=True)
class Dot:
    """One day of a line: its place, and what it says."""

    x: int
    y: int
    day: date
    share: int


@dataclass(frozen=True)
class Line:
    """Shares in per cent over days; 100 is at the top of ``height``, and 0 at its bottom."""

    dots: Sequence[Dot]

    @property
    def points(self) -> str:
        """The dots as a polyline wants them."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


def line(shares: Sequence[tuple[date, int]], *, width: int, height: int, margin: int) -> Line:
    """Draw a share over days, from the first to the last of them."""
    if not shares:
        return Line(())
    first, last = shares[0][0], shares[-1][0]
    span = max((last - first).days, 1)
    return Line(
        [
            Dot(
                x=margin + round((day - first).days * (width - 2 * margin) / span),
                y=margin + round((100 - share) * (height - 2 * margin) / 100),
                day=day,
                share=share,
            )
            for day, share in shares
        ]
    )
