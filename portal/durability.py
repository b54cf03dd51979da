"""How long a commit waits for the disk.

Every commit is synced, because an acknowledged upload or decision must survive a power cut. A few
commits need not be: if a power cut takes them back, the same work is simply done again. Nothing
that writes an event belongs to them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def need_not_survive() -> Iterator[None]:
    """Let commits in here return before the disk has them; later synced commits carry them along.

    Does nothing inside a transaction, whose end decides for all of it.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _setting("PRAGMA synchronous", "PRAGMA synchronous = {}", "NORMAL"):
            yield
    else:
        with _setting("SHOW synchronous_commit", "SET synchronous_commit TO {}", "off"):
            yield


@contextmanager
def _setting(ask: str, change: str, wanted: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(ask)
        usual = cursor.fetchone()[0]
        cursor.execute(change.format(wanted))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(change.format(usual))
