"""The day to look ahead to, as an address names it."""

import re
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils import timezone

from evidence_review.assessments.queries import deadline

_YEARS_AHEAD = 5
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Day:
    """The day to look ahead to. A day that cannot be used is replaced, and ``problem`` says why."""

    day: date
    typed: str
    problem: str = ""
    is_chosen: bool = False


def asked_day(query: QueryDict) -> Day:
    """Return the day that ``?on=2027-06-30`` names; the next 30 June when it names none."""
    typed = query.get("on", "").strip()
    usual, today = deadline(), timezone.localdate()
    if not typed:
        return Day(usual, usual.isoformat())
    found = _day(typed)
    if found is None:
        return Day(usual, usual.isoformat(), "The day must be a real date, like 2027-06-30.")
    if found < today:
        return Day(usual, typed, "The day must be today or later. What was is below, over time.")
    if found.year > today.year + _YEARS_AHEAD:
        return Day(usual, typed, f"The day must be within {_YEARS_AHEAD} years.")
    return Day(found, typed, is_chosen=found != usual)


def _day(typed: str) -> date | None:
    if not _ISO.fullmatch(typed):
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
