"""The search handed to Wagtail's backend, whichever ``WAGTAILSEARCH_BACKENDS`` names: OpenSearch.

What the person may see, kind, topic and days are part of the question. A site and a requirement are
looked at afterwards, among the best thousand.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends import get_search_backend

from search.engines.question import Bounds
from search.finding import MOST, Found, How
from search.models import SearchAccess, SearchDocument

_BEST = 1_000


def search(words: Sequence[str], bounds: Bounds) -> Found:
    """Return what holds these words, best first; without any, what holds some of them."""
    found = _found(words, bounds, "and")
    if found or len(words) < 2:
        return Found(found)
    return Found(_found(words, bounds, "or"), How.SOME_WORDS)


def suggest(words: Sequence[str], bounds: Bounds, limit: int) -> list[int]:
    """Return documents whose title holds the words, the last one by its beginning."""
    if not words:
        return []
    results = get_search_backend().autocomplete(" ".join(words), _within(bounds))
    return [one.pk for one in results[:limit]]


def _found(words: Sequence[str], bounds: Bounds, operator: str) -> tuple[int, ...]:
    results: Any = get_search_backend().search(" ".join(words), _within(bounds), operator=operator)
    others = bounds.labels[1:]
    best = results[: _BEST if others else MOST]
    fitting = [
        one.pk for one in best if all(set(group) & set(one.labels.split()) for group in others)
    ]
    return tuple(fitting[:MOST])


def _within(bounds: Bounds) -> QuerySet[SearchDocument]:
    """Return what the person may see and chose. Few sets of people share all documents."""
    mine = set(bounds.labels[0])
    access = [
        pk
        for pk, held in SearchAccess.objects.values_list("pk", "labels")
        if mine & set(held.split())
    ]
    documents = SearchDocument.objects.filter(access__in=access).only("labels")
    if bounds.kind:
        documents = documents.filter(kind=bounds.kind)
    if bounds.category:
        documents = documents.filter(category=bounds.category)
    if bounds.date_from:
        documents = documents.filter(date__gte=bounds.date_from)
    if bounds.date_to:
        documents = documents.filter(date__lte=bounds.date_to)
    return documents
