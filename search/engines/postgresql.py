"""Our own full text on PostgreSQL: stored words under a GIN index, asked for the youngest first.

A GIN index gathers everything that fits before it hands out the first row. So the youngest few
thousand documents are asked alone first (each carries a word for its thousand), and all of them
only when those were not enough: words that stand in half of all texts then cost what rare ones do.
"""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from search.engines.question import Bounds, Groups
from search.labels import SIGN
from search.models import SearchWord
from search.words import fold

_TEXT = {False: "terms", True: "title_terms"}
_A_THOUSAND, _THOUSANDS = 1_000, 4
MOST_READ = 2_000
"""Texts that are read at most to see whether words stand side by side."""


def find(groups: Groups, bounds: Bounds, limit: int, *, in_title: bool) -> list[int]:
    """Return the ids of documents that hold the words, youngest first, ``limit`` at most."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM search_searchdocument")
        youngest = (cursor.fetchone()[0] or 0) // _A_THOUSAND
    first = max(youngest - _THOUSANDS, 0)
    few = tuple(f"{SIGN}b{thousand}" for thousand in range(first, youngest + 1))
    found = _youngest(groups, bounds, limit, _TEXT[in_title], few if first else ())
    if first and len(found) < limit:
        found = _youngest(groups, bounds, limit, _TEXT[in_title], ())
    return found


def in_a_row(words: Sequence[str], bounds: Bounds, limit: int) -> list[int]:
    """Return documents that hold the words side by side, youngest first.

    The index knows of every two neighbouring words by a short hash of both, which others share. So
    each text that holds all the pairs, or the words where they make no pair, is read to see that
    the words stand in a row.
    """
    row, labels = " ".join(fold(word) for word in words), _labelled(bounds.labels)
    dated, days = _dated(bounds)
    sql = f"""
        WITH asked AS MATERIALIZED (
            SELECT search_pairs(to_tsvector('english', %s)) AS neighbours
        ), few AS MATERIALIZED (
            SELECT id FROM (
                SELECT id FROM search_searchdocument
                WHERE (SELECT neighbours <> '{{}}' FROM asked) AND pairs @@ (
                    (SELECT array_to_string(neighbours, ' & ')::tsquery FROM asked) && %s::tsquery
                ){dated}
                UNION ALL
                SELECT id FROM search_searchdocument
                WHERE (SELECT neighbours = '{{}}' FROM asked)
                AND terms @@ (plainto_tsquery('english', %s) && %s::tsquery){dated}
            ) AS held ORDER BY id + 0 DESC LIMIT %s
        ), texts AS (
            SELECT id, terms FROM search_searchdocument
            WHERE id = ANY(ARRAY(SELECT id FROM few)) OFFSET 0
        )
        SELECT id FROM texts WHERE terms @@ phraseto_tsquery('english', %s)
        ORDER BY id + 0 DESC LIMIT %s
    """  # noqa: S608  # names of ours
    asked: list[str | int | date] = [row, labels, *days, row, labels, *days, MOST_READ, row, limit]
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [key for (key,) in cursor.fetchall()]


def beginning_with(start: str, limit: int) -> list[str]:
    """Return known words that begin so, the shortest first."""
    words = SearchWord.objects.filter(word__startswith=start).exclude(word=start)
    return sorted(words.values_list("word", flat=True)[: limit + 1], key=len)


def _youngest(
    groups: Groups, bounds: Bounds, limit: int, column: str, thousands: tuple[str, ...]
) -> list[int]:
    labels = (*bounds.labels, thousands) if thousands else bounds.labels
    dated, days = _dated(bounds)
    # Plus nothing: or the planner walks the rows from the youngest and reads each text.
    sql = (
        f"SELECT id FROM search_searchdocument WHERE {column} @@ "  # noqa: S608  # names of ours
        f"(to_tsquery('english', %s) && %s::tsquery){dated} ORDER BY id + 0 DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [_all(groups), _labelled(labels), *days, limit])
        return [key for (key,) in cursor.fetchall()]


def _dated(bounds: Bounds) -> tuple[str, list[date]]:
    asked = [
        (sql, day)
        for sql, day in (
            (" AND date >= %s", bounds.date_from),
            (" AND date <= %s", bounds.date_to),
        )
        if day
    ]
    return "".join(sql for sql, _ in asked), [day for _, day in asked]


def _all(groups: Groups) -> str:
    return " & ".join(f"({_any(group)})" for group in groups)


def _any(group: Sequence[str]) -> str:
    return " | ".join(
        f"{fold(word[:-1])}:*" if word.endswith("*") else fold(word) for word in group
    )


def _labelled(labels: Sequence[Sequence[str]]) -> str:
    """Return the words of labels as a query of their own, which no dictionary looks at."""
    return " & ".join(f"({' | '.join(repr(word) for word in group)})" for group in labels)
