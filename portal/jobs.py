"""Work that happens after the request: one way in to the queue."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task


def enqueue(task: str, *ids: int | str, at: datetime | None = None) -> None:
    """Hand a job to the worker, or plan it for a moment in the future.

    The queue is a table of the portal's own database, so a job put in inside a transaction is kept
    or lost together with the rows it is about: call this inside the transaction, not after it.

    ``task`` is the dotted path of a function that takes only ``ids``; a payload never holds data,
    because the row may have changed by the time the job runs. The few that may run for longer than
    others are in the setting ``LONG_JOBS``.
    """
    options = {"timeout": settings.LONG_JOBS[task]} if task in settings.LONG_JOBS else {}
    if at is not None and at > timezone.now():
        Schedule.objects.create(
            func=task,
            args=",".join(repr(value) for value in ids),
            kwargs=f"q_options={options!r}" if options else None,
            schedule_type=Schedule.ONCE,
            next_run=at,
            repeats=-1,
        )
        return
    async_task(task, *ids, q_options=options)
