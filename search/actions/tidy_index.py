"""Let the full text of SQLite be read in one go, however many pieces it was written in."""

from django.db import connection

from search.models import FULL_TEXT_TABLES

PAGES = 500
"""Of the index that one step writes at most; each step is a transaction of its own."""
MOST_STEPS = 2_000


def tidy_index() -> int:
    """Merge the pieces that changes left behind; return how many steps it took.

    Every change adds a small piece to the index, and each word is looked up in every piece. SQLite
    merges some by itself and this the rest, a little at a time, so that nobody who writes meanwhile
    waits long. PostgreSQL tidies by itself.
    """
    if connection.vendor != "sqlite":
        return 0
    return sum(_tidy(table) for table in FULL_TEXT_TABLES)


def _tidy(table: str) -> int:
    """Merge until nothing is left to merge: FTS5 then changes fewer than two rows."""
    merge = f"INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)"  # noqa: S608  # ours
    for step in range(1, MOST_STEPS + 1):
        with connection.cursor() as cursor:
            before = _changes()
            # The first step, with a minus, says that even two pieces are to become one.
            cursor.execute(merge, [-PAGES if step == 1 else PAGES])
            if _changes() - before < 2:
                return step
    return MOST_STEPS


def _changes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT total_changes()")
        return int(cursor.fetchone()[0])
