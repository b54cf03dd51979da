"""Which level an assessment has on a day, by the rules the catalogue keeps as data. Pure.

An edition lists its levels in rising order. A level is reached when everything it needs, and
everything the levels below it need, is complete, and its own conditions hold: ``once_only`` (a
first publication only), ``action_plan`` (an action for everything still missing from the higher
levels), ``certificate`` (one of that name, valid on the day).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evidence_review.assessments.tally import Tally


@dataclass(frozen=True)
class Level:
    """One level of an edition, as the catalogue describes it."""

    code: str
    name: str
    once_only: bool = False
    action_plan: bool = False
    certificate: str = ""

    @property
    def short_name(self) -> str:
        """The one word people use: "Met" for "Standards Met"."""
        return " ".join(word for word in self.name.split() if word != "Standards")


@dataclass(frozen=True)
class Blocks:
    """What stands between an assessment and one level; nothing does when it is empty."""

    level: Level
    missing: int = 0
    unplanned: int = 0
    was_published: bool = False
    lacks_certificate: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything does."""
        return bool(self.missing or self.unplanned or self.was_published or self.lacks_certificate)


def levels_of(kept: Sequence[Mapping[str, Any]]) -> list[Level]:
    """Return the levels of ``Edition.levels``, lowest first."""
    return [
        Level(
            code=str(level["code"]),
            name=str(level["name"]),
            once_only=bool(level.get("once_only")),
            action_plan=bool(level.get("action_plan")),
            certificate=str(level.get("certificate") or ""),
        )
        for level in kept
    ]


def blocks(levels: Sequence[Level], at: int, tally: Tally, day: date) -> Blocks:
    """Return what blocks the level at that place of the list on ``day``."""
    level = levels[at]
    return Blocks(
        level=level,
        missing=max((_missing(tally, lower.code, day) for lower in levels[: at + 1]), default=0),
        unplanned=tally.unplanned.missing_on(day) if level.action_plan else 0,
        was_published=level.once_only and tally.published,
        lacks_certificate=_lacks(level.certificate, tally, day),
    )


def level_on(levels: Sequence[Level], tally: Tally, day: date) -> Level | None:
    """Return the highest level reached on ``day``, or ``None``."""
    if not tally.levels:
        return None
    reached = None
    for level in levels:
        # What a level lacks, every higher one lacks too; a plan or a certificate it does not share.
        if _missing(tally, level.code, day):
            break
        if not _unmet(level, tally, day):
            reached = level
    return reached


def goal(levels: Sequence[Level]) -> Level | None:
    """Return the level a provider works for: the highest that asks for no certificate."""
    return next((level for level in reversed(levels) if not level.certificate), None)


def next_level(levels: Sequence[Level], tally: Tally, day: date) -> Blocks | None:
    """Return what blocks the next level worth working for; ``None`` at the highest.

    A level that may be used only once, and was, is passed over.
    """
    reached = level_on(levels, tally, day)
    start = levels.index(reached) + 1 if reached else 0
    for at in range(start, len(levels)):
        found = blocks(levels, at, tally, day)
        if not found.was_published:
            return found
    return None


def _missing(tally: Tally, code: str, day: date) -> int:
    one = tally.levels.get(code)
    return one.missing_on(day) if one else 0


def _unmet(level: Level, tally: Tally, day: date) -> bool:
    """Tell whether a condition of the level's own does not hold."""
    return bool(
        (level.action_plan and tally.unplanned.missing_on(day))
        or (level.once_only and tally.published)
        or _lacks(level.certificate, tally, day)
    )


def _lacks(certificate: str, tally: Tally, day: date) -> str:
    if not certificate:
        return ""
    spans = tally.certificates.get(certificate, ())
    valid = any(first <= day.isoformat() <= last for first, last in spans)
    return "" if valid else certificate
