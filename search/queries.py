"""What a search finds."""

from collections.abc import Sequence

from wagtail.search.backends import get_search_backend
from wagtail.search.backends.base import BaseSearchResults

from portal.policies.models import PolicyPage


def policies_matching(words: Sequence[str]) -> BaseSearchResults:
    """Return the current policies that hold every word, best first.

    When none holds them all, those that hold any of them.
    """
    backend = get_search_backend()
    found = backend.search(" ".join(words), PolicyPage.objects.live(), operator="and")
    if len(words) > 1 and not found.count():
        found = backend.search(" ".join(words), PolicyPage.objects.live(), operator="or")
    return found
