"""Looking at each part. Upper rooms name their own probes in ``HEALTH_PROBES``."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import OrmQ

from portal.health.findings import Finding, Probe, State

_LITTLE_DISK = 2 * 1024**3
_NO_DISK = 200 * 1024**2
_QUEUE_SLOW = timedelta(minutes=5)


def database() -> Finding:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return Finding("Database", State.FAILING, str(error), "Start the database server.")
    return Finding("Database", State.OK, f"{connection.vendor} answers")


def disk() -> Finding:
    """Whether there is room for more files, where they are kept."""
    folder = Path(settings.BYTES_DIR)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    seen = f"{free // 1024**2:,} MB free"
    if free < _NO_DISK:
        return Finding("Disk", State.FAILING, seen, "Make room: uploads are refused.")
    if free < _LITTLE_DISK:
        return Finding("Disk", State.DEGRADED, seen, "Make room soon, before uploads are refused.")
    return Finding("Disk", State.OK, seen)


def queue() -> Finding:
    """Whether jobs are taken up in time."""
    try:
        oldest = OrmQ.objects.filter(lock__lte=timezone.now()).order_by("lock").first()
    except DatabaseError as error:
        return Finding("Background jobs", State.FAILING, str(error), "Start the database server.")
    if oldest is None:
        return Finding("Background jobs", State.OK, "Nothing is waiting")
    age = timezone.now() - oldest.lock
    seen = f"The oldest job waits for {int(age.total_seconds())} seconds"
    if age > _QUEUE_SLOW:
        return Finding("Background jobs", State.DEGRADED, seen, "Start the worker again.")
    return Finding("Background jobs", State.OK, seen)


def run_probes() -> list[Finding]:
    """Return what every probe found, the portal's own first.

    After a database that does not answer the others are not asked: they would only wait for it.
    """
    first = database()
    if first.state is State.FAILING:
        return [first]
    named: list[Probe] = [import_string(path) for path in settings.HEALTH_PROBES]
    return [first, *(probe() for probe in (disk, queue, *named))]
