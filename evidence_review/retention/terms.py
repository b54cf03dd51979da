"""How long a file is kept: months counted from a day, to the end of the day that answers to it.

Kept for six years from 29 February 2024 means kept until the end of 28 February 2030, as a lawyer
counts: the day of the month that answers to it, or the last one where there is none. The period is
over at the midnight after that day, Europe/London.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion

_YEAR = 12
_LONGEST_SHIFT = 4


class Basis(TextChoices):
    """The day that a period is counted from.

    What covers a period counts from its end, or from when it was replaced or withdrawn if that is
    later: whoever may correct the end of the period could otherwise bring a disposal forward.
    """

    APPROVAL_ENDED = "approval_ended", "the day it was replaced or withdrawn"
    PERIOD_END = "period_end", "the end of the period it covers"
    UPLOADED = "uploaded", "the day it was uploaded"
    STOPPED = "stopped", "the day it was refused, returned or withdrawn"


BASES_OF_RULES = tuple(basis for basis in Basis if basis is not Basis.STOPPED)
"""What a rule may count from. What was never approved always counts from when it was stopped."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """How long one version is kept, and why. ``kept_until`` is the last day of the period."""

    months: int
    basis: Basis
    counted_from: date
    was_approved: bool

    @property
    def kept_until(self) -> date:
        """The last day on which the file must be kept."""
        return after_months(self.counted_from, self.months)

    def is_over(self, today: date) -> bool:
        """Whether the file may go on this day."""
        return self.kept_until < today


def after_months(day: date, months: int) -> date:
    """Return the day so many months later (earlier, if negative) that answers to ``day``."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    if year > date.max.year:
        return date.max
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def latest_start(today: date, months: int) -> date:
    """Return the last day from which a period of so many months is over on ``today``."""
    start = after_months(today, -months) + timedelta(days=_LONGEST_SHIFT)
    while after_months(start, months) >= today:
        start -= timedelta(days=1)
    return start


def midnight_after(day: date) -> datetime:
    """Return the moment at which a day ends, Europe/London."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def counted_from(version: EvidenceVersion, basis: Basis) -> date:
    """Return the day a version's period is counted from. Its evidence must be loaded."""
    if basis is Basis.UPLOADED:
        return timezone.localdate(version.uploaded_at)
    ended = timezone.localdate(version.state_since)
    period_end = version.evidence.period_end
    if basis is Basis.PERIOD_END and period_end is not None:
        return max(period_end, ended)
    return ended


def in_years(months: int) -> str:
    """Say a number of months: ``6 years``, ``18 months``, ``2 years and 6 months``."""
    years, rest = divmod(months, _YEAR)
    parts = [
        f"{number} {unit if number == 1 else unit + 's'}"
        for number, unit in ((years, "year"), (rest, "month"))
        if number
    ]
    return " and ".join(parts) or "0 months"
