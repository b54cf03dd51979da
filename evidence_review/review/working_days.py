"""Counting in days on which offices are open: Monday to Friday."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

_SATURDAY = 5


def working_days_before(day: date, count: int) -> date:
    """Return the day ``count`` working days before ``day``. Bank holidays count as working days."""
    while count:
        day -= timedelta(days=1)
        if day.weekday() < _SATURDAY:
            count -= 1
    return day


def start_of(day: date) -> datetime:
    """Return the first moment of a day, in the portal's own time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
