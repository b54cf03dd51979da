"""What is kept of somebody, said the same way by every room that keeps something.

A room that does is a module in the setting ``ERASES_PEOPLE`` with three functions:

- ``duties(subject) -> list[str]``: sentences on what must be handed over before anything is erased;
- ``places(subject) -> list[Place]``: what it keeps of them, and what becomes of that;
- ``erase(subject) -> None``: erases its part, in the transaction of the erasure.

Each gives nothing for kinds of subjects that it knows nothing of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portal.people.models import User
from portal.record.objects import ObjectRef

ERASED_FIRST_NAME, ERASED_LAST_NAME = "Erased", "person"
ERASED_NAME = f"{ERASED_FIRST_NAME} {ERASED_LAST_NAME}"
"""What stands in place of a name."""
SHORTEST_WORD = 5
"""A name shorter than this stands in too many other words to be looked for."""


class Fate(StrEnum):
    """What becomes of something that is kept of a person."""

    REPLACED = "replaced"
    DELETED = "deleted"
    KEPT = "kept"


@dataclass(frozen=True)
class Place:
    """Where something is kept: how much there is of it, what becomes of it, and why it stays."""

    what: str
    count: int
    fate: Fate
    why: str = ""


@dataclass(frozen=True)
class Subject:
    """Somebody whose details may be erased: a person with an account, or an inspector.

    ``words`` are the names and addresses they were known by; details of events are looked through
    for them. ``person`` is the row of somebody who has an account. ``obstacle`` is the sentence
    that says why their details cannot be erased now, or empty. ``url`` is the page about them.
    """

    ref: ObjectRef
    actor_ref: str
    label: str
    words: tuple[str, ...]
    obstacle: str
    url: str
    person: User | None = None


Find = Callable[[str], Subject | None]
"""Finds a subject of one kind by its public id."""
