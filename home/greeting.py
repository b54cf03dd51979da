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
    *, put_right: int, to_check: int, to_answer: int = 0, may_be_more: bool = False
) -> str:
    """Say in a sentence or two how much there is to do, and where to begin.

    ``may_be_more``: there is more to check or to answer than was counted.
    """
    total = put_right + to_answer + to_check
    if total == 0:
        return "You have nothing to do here today."
    if total == 1:
        one = (
            "answer one question"
            if to_answer
            else f"{'put right' if put_right else 'check'} one file"
        )
        return f"You have 1 thing to do: {one}."
    counted = f"{'more than ' if may_be_more else ''}{total:,} things"
    first = "the one that has waited longest"
    if put_right:
        first = "what came back to you"
    elif to_answer:
        first = "the question that is due first"
    return f"You have {counted} to do. Start with {first}."
