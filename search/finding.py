"""What a search gives, whichever engine found it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from search.engines.question import Bounds

PER_PAGE = 10
MOST_PAGES = 20
MOST = PER_PAGE * MOST_PAGES + 1
"""One more than is shown, so that the page can say that there is more."""


class How(Enum):
    """How what was found fits what was typed."""

    AS_TYPED = "as typed"
    AS_MEANT = "as meant"
    SOME_WORDS = "some words"


@dataclass(frozen=True)
class Found:
    """The ids of documents, best first; ``words`` are those looked for instead, if any."""

    ids: tuple[int, ...] = ()
    how: How = How.AS_TYPED
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ids)


class Engine(Protocol):
    """A module that finds documents; ``settings.SEARCH_ENGINE`` names it."""

    def search(self, words: Sequence[str], bounds: Bounds) -> Found:
        """Return what holds these words, best first."""

    def suggest(self, words: Sequence[str], bounds: Bounds, limit: int) -> list[int]:
        """Return documents whose title holds the words, the last one by its beginning."""


def engine() -> Engine:
    """Return the engine that answers."""
    return cast("Engine", import_module(settings.SEARCH_ENGINE))
