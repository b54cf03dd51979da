"""Until when an evidence, or an answer without evidence, is fresh. Pure: dates in, dates out.

Source of the rules: DSPT guidance for social care, kept as ``freshness_months`` in the catalogue
(docs/frameworks.md). A day is the last good day: something good until 30 June counts on 30 June.
"""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or that month's last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def earliest(*days: date | None) -> date | None:
    """Return the earliest of the days that are given, or ``None`` when none is: no end."""
    return min((day for day in days if day is not None), default=None)


def evidence_good_until(
    *,
    approved_on: date,
    period_end: date | None,
    review_date: date | None,
    freshness_months: int | None,
) -> date | None:
    """Return the last day on which an approved evidence is fresh for a requirement.

    It ages from the end of the period it covers, or from its approval when that came first: a file
    approved today about a period that ended in March is as old as March. Its own review date ends
    it, too, whichever comes first. ``None`` means that it never lapses.
    """
    if freshness_months is None:
        return review_date
    begins = earliest(approved_on, period_end) or approved_on
    return earliest(review_date, months_after(begins, freshness_months))
