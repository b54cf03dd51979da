"""What must be true of a portal at all times, asked of every room.

Each room lists its checks in the setting ``INVARIANTS``: a function without arguments that gives
one sentence for each thing that is not as it must be. They read, slowly and everything; they never
write, and they hold no lock, so people go on working meanwhile.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from portal.record.verification import problems

log = logging.getLogger(__name__)
Check = Callable[[], Iterable[str]]
MOST_OF_ONE = 10_000
"""Differences that one check counts; a portal with more is broken enough to be sure of it."""


@dataclass(frozen=True)
class Broken:
    """One thing that is not as it must be; ``name`` is that of the invariant, such as I6."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Outcome:
    """What one check has found, and how long it took. ``about`` is what it makes sure of."""

    name: str
    about: str
    sentences: list[str]
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """Return what is kept of it."""
        return asdict(self)


def find_broken() -> list[Broken]:
    """Return everything that is broken, by the order of the invariants."""
    return [
        Broken(name, sentence)
        for name in settings.INVARIANTS
        for sentence in run_check(name).sentences
    ]


def run_check(name: str) -> Outcome:
    """Run the check of that name and return what it found.

    A check that stops with an exception is a difference itself: the others go on.
    """
    path = settings.INVARIANTS[name]
    started, about = time.monotonic(), path
    try:
        check: Check = import_string(path)
        about = about_of(check)
        found = _found_twice(check)
    except Exception as error:  # whatever it is, the other checks must go on
        log.exception("The check %s could not be done", name)
        found = [f"this could not be checked: {type(error).__name__}: {error}"]
    return Outcome(name, about, found, round(time.monotonic() - started, 3))


def about_of(check: Check) -> str:
    """Return what a check makes sure of, in a sentence: the first line of its docstring."""
    first = (check.__doc__ or "").strip().partition("\n")[0]
    _, colon, sentence = first.partition(": ")
    sentence = sentence if colon else first
    return sentence[:1].upper() + sentence[1:]


def _found_twice(check: Check) -> list[str]:
    """Run a check; believe it only when it says the same again.

    It reads in several steps while people work, so it may see a change that is half a step old.
    """
    first = set(islice(check(), MOST_OF_ONE))
    if not first:
        return []
    return [sentence for sentence in islice(check(), MOST_OF_ONE) if sentence in first]


def record_is_whole() -> Iterable[str]:
    """I6: events are numbered without gaps, in the order of time, exactly as they were written."""
    for problem in problems():
        yield f"event {problem.seq}: {problem.sentence}" if problem.seq else problem.sentence
