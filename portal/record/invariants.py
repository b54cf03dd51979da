"""What must be true of a portal at all times, asked of every room.

Each room lists its checks in the setting ``INVARIANTS``: a function without arguments that gives
one sentence for each thing that is not as it must be. They read, slowly and everything; they never
write, and they hold no lock, so people go on working meanwhile.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from portal.record.verification import problems

log = logging.getLogger(__name__)
Check = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Broken:
    """One thing that is not as it must be; ``name`` is that of the invariant, such as I6."""

    name: str
    sentence: str


class InvariantsBroken(Exception):
    """Something is not as it must be; the log says what."""


def find_broken() -> list[Broken]:
    """Return everything that is broken, by the order of the invariants."""
    return [
        Broken(name, sentence)
        for name, path in settings.INVARIANTS.items()
        for sentence in _found_twice(import_string(path))
    ]


def _found_twice(check: Check) -> list[str]:
    """Run a check; believe it only when it says the same again.

    It reads in several steps while people work, so it may see a change that is half a step old.
    """
    first = set(check())
    return [sentence for sentence in check() if sentence in first] if first else []


def find_broken_or_raise() -> None:
    """Log everything that is broken, and raise ``InvariantsBroken`` if there is anything."""
    broken = find_broken()
    for one in broken:
        log.error("Invariant %s is broken: %s", one.name, one.sentence)
    if broken:
        raise InvariantsBroken(f"{len(broken)} things are not as they must be")


def record_is_whole() -> Iterable[str]:
    """I6: events are numbered without gaps, in the order of time, exactly as they were written."""
    for problem in problems():
        yield f"event {problem.seq}: {problem.sentence}" if problem.seq else problem.sentence
