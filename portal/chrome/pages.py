"""Links to the pages of a long list: first, last, and those around the one that is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict

_AROUND = 1


@dataclass(frozen=True)
class PageLink:
    """One entry: a page number with its address, the page that is shown, or a gap (number 0)."""

    number: int
    url: str = ""
    is_here: bool = False

    @property
    def is_gap(self) -> bool:
        """Tell whether pages are left out here."""
        return self.number == 0


def page_url(query: QueryDict, param: str, number: int) -> str:
    """Return the query string that shows page ``number`` and keeps filters and order."""
    changed = query.copy()
    changed[param] = str(number)
    return f"?{changed.urlencode()}"


def page_links(page: "Page[Any]", query: QueryDict, param: str) -> list[PageLink]:
    """Return the links for one page of a list; none when everything stands on one page."""
    if page.paginator.num_pages <= 1:
        return []
    return [
        PageLink(number, page_url(query, param, number) if number else "", number == page.number)
        for number in _numbers(page.number, page.paginator.num_pages)
    ]


def _numbers(here: int, last: int) -> Iterator[int]:
    """Yield the page numbers to show, and 0 for each gap between them."""
    near = range(here - _AROUND, here + _AROUND + 1)
    before = 0
    for number in sorted({1, last, *(n for n in near if 1 <= n <= last)}):
        if number - before == 2:  # a gap of one page is that page
            yield before + 1
        elif number - before > 1:
            yield 0
        yield number
        before = number
