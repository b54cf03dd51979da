"""Our own full text on SQLite: FTS5, asked for the youngest first.

FTS5 hands out what it finds in the order of the rows and stops at the limit, so words that stand in
half of all texts cost little more than rare ones. Its own ranking (``bm25``) would read every place
of every word first; it is not used.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from search.engines.question import Bounds, Groups
from search.models import SearchWord

_TEXT = {False: ("search_fulltext", "{title body}"), True: ("search_titles", "{title}")}
_LAST = "\U0010ffff"


def find(groups: Groups, bounds: Bounds, limit: int, *, in_title: bool) -> list[int]:
    """Return the ids of documents that hold the words, youngest first, ``limit`` at most."""
    table, columns = _TEXT[in_title]
    words = f"{columns} : ({_all(groups)})"
    return _youngest(table, f"{words} AND {_labelled(bounds)}", bounds, limit)


def in_a_row(words: Sequence[str], bounds: Bounds, limit: int) -> list[int]:
    """Return documents that hold the words side by side, youngest first."""
    match = f'{{title body}} : "{" ".join(words)}" AND {_labelled(bounds)}'
    return _youngest("search_fulltext", match, bounds, limit)


def beginning_with(start: str, limit: int) -> list[str]:
    """Return known words that begin so, the shortest first."""
    words = SearchWord.objects.filter(word__gt=start, word__lt=start + _LAST)
    return sorted(words.values_list("word", flat=True)[: limit + 1], key=len)


def _youngest(table: str, match: str, bounds: Bounds, limit: int) -> list[int]:
    dated, values = _dated(bounds)
    join = f"CROSS JOIN search_searchdocument d ON d.id = {table}.rowid" if dated else ""
    sql = (
        f"SELECT {table}.rowid FROM {table} {join} WHERE {table} MATCH %s {dated} "  # noqa: S608  # names of ours
        f"ORDER BY {table}.rowid DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, *values, limit])
        return [key for (key,) in cursor.fetchall()]


def _dated(bounds: Bounds) -> tuple[str, list[Any]]:
    dated = [("d.date >= %s", bounds.date_from), ("d.date <= %s", bounds.date_to)]
    asked = [(sql, day) for sql, day in dated if day]
    return "".join(f" AND {sql}" for sql, _ in asked), [day for _, day in asked]


def _all(groups: Groups) -> str:
    return " AND ".join(f"({_any(group)})" for group in groups)


def _any(group: Sequence[str]) -> str:
    return " OR ".join(f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"' for word in group)


def _labelled(bounds: Bounds) -> str:
    return f"labels : ({_all(bounds.labels)})"
