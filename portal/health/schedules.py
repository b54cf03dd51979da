"""The recurring jobs, as the settings name them."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule


def plan_jobs() -> list[str]:
    """Make the worker's schedule what ``SCHEDULES`` says; return the names of jobs that changed.

    Safe to call at any time and any number of times: jobs that are planned as they should be keep
    their next time, and jobs no longer named are taken out. Jobs planned once are left alone.
    """
    changed = []
    with transaction.atomic():
        planned: dict[str, Schedule] = {}
        recurring = Schedule.objects.exclude(schedule_type=Schedule.ONCE).order_by("pk")
        for row in recurring:
            if row.name in planned or row.name not in settings.SCHEDULES:
                changed.append(str(row.name))
                row.delete()
            else:
                planned[str(row.name)] = row
        for name, wanted in settings.SCHEDULES.items():
            if _plan(planned.get(name), name, wanted):
                changed.append(name)
    return changed


def _plan(row: Schedule | None, name: str, wanted: dict[str, str | int]) -> bool:
    """Make or correct one row; False when it was right already."""
    cron = wanted.get("cron")
    right = {
        "func": wanted["func"],
        "schedule_type": Schedule.CRON if cron else Schedule.MINUTES,
        "minutes": None if cron else wanted["minutes"],
        "cron": cron,
        "repeats": -1,
    }
    if row is not None and all(getattr(row, field) == value for field, value in right.items()):
        return False
    soon = timezone.now() + timedelta(minutes=1)
    Schedule.objects.update_or_create(
        pk=row.pk if row else None, defaults={**right, "name": name, "next_run": soon}
    )
    return True
