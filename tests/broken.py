"""What is broken in a portal whose people, places and evidence were made by factories."""

from portal.record.invariants import Broken, find_broken

MADE_WITHOUT_EVENTS = frozenset(
    {"I5, people", "I5, retention", "I5, roles", "I5, sites", "I5, links"}
)
"""Checks that must find what a factory made: it writes rows and no events."""


def broken_but_for_factories() -> list[Broken]:
    """Return all that is broken, but for rows that factories made behind the record's back."""
    return [broken for broken in find_broken() if broken.name not in MADE_WITHOUT_EVENTS]
