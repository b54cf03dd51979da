"""What is asked of an index, in words that hold on every database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from search.models import Kind

Groups = Sequence[Sequence[str]]
"""Every group must be there, by any of its words; a word that ends in ``*`` by its beginning.

Words hold letters and digits alone, as ``search.words`` makes them.
"""


@dataclass(frozen=True)
class Bounds:
    """What a person may see, and what they narrowed the search to.

    ``labels`` are groups of words of ``search.labels``; the first group is what the person may see,
    the others say the same as ``kind`` and ``category``, and what else was chosen.
    """

    labels: tuple[tuple[str, ...], ...]
    date_from: date | None = None
    date_to: date | None = None
    kind: Kind | None = None
    category: str = ""


class Index(Protocol):
    """What each database can be asked. All of it is bounded, however much there is to find."""

    def find(self, groups: Groups, bounds: Bounds, limit: int, *, in_title: bool) -> list[int]:
        """Return the ids of documents that hold the words, youngest first, ``limit`` at most."""

    def in_a_row(self, words: Sequence[str], bounds: Bounds, limit: int) -> list[int]:
        """Return documents that hold the words side by side, youngest first."""

    def beginning_with(self, start: str, limit: int) -> list[str]:
        """Return known words that begin so, the shortest first."""
