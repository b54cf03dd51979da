"""The words at the top of somebody's day."""

from datetime import datetime

from django.utils import timezone

from portal.people.models import User

_NOON = 12
_EVENING = 18


def greeting(person: User, at: datetime | None = None) -> str:
    """Greet somebody by first name and by the time of day in the portal's zone."""
    hour = timezone.localtime(at).hour
    part = "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"
    return f"Good {part}, {person.first_name}" if person.first_name else f"Good {part}"


def in_short(
    *,
    put_right: int,
    to_check: int,
    to_read: int = 0,
    to_confirm: int = 0,
    to_answer: int = 0,
    overdue: int = 0,
    may_be_more: bool = False,
) -> str:
    """Say in a sentence or two how much there is to do, and where to begin.

    ``to_confirm`` counts sites with answers of head office to confirm, ``overdue`` actions.
    ``may_be_more``: there is more than was counted.
    """
    kinds = (
        (put_right, "put right one file", "what came back to you"),
        (to_read, "read and confirm one policy", "the policy that is due first"),
        (to_confirm, "look at head office's answers for one site", "head office's answers"),
        (overdue, "see to one action", "the action that is overdue"),
        (to_answer, "answer one question", "the question that is due first"),
        (to_check, "check one file", "the one that has waited longest"),
    )
    there = [kind for kind in kinds if kind[0]]
    total = sum(count for count, _, _ in there)
    if not there:
        return "You have nothing to do here today."
    _, one, first = there[0]
    if total == 1:
        return f"You have 1 thing to do: {one}."
    counted = f"{'more than ' if may_be_more else ''}{total:,} things"
    return f"You have {counted} to do. Start with {first}."
