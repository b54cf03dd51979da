"""How much of what was asked is done, in numbers, in words and as a bar."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone


@dataclass(frozen=True)
class Share:
    """So many are asked, so many of them confirmed; ``due`` is the day they were given.

    ``asked`` is None while nobody has counted yet.
    """

    asked: int | None
    confirmed: int | None
    due: date | None = None

    @property
    def left(self) -> int:
        """How many have not confirmed."""
        return (self.asked or 0) - (self.confirmed or 0)

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 only when nobody is left."""
        return (self.confirmed or 0) * 100 // self.asked if self.asked else 0

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed and somebody is left."""
        return bool(self.left and self.due and self.due < timezone.localdate())

    @property
    def kind(self) -> str:
        """How the state is coloured."""
        if not self.asked:
            return "todo"
        if not self.left:
            return "done"
        return "stop" if self.is_overdue else "wait"

    @property
    def icon(self) -> str:
        """The icon of the state."""
        return {"todo": "info", "done": "tick", "stop": "warning", "wait": "clock"}[self.kind]

    @property
    def label(self) -> str:
        """The state in words."""
        if self.asked is None:
            return "Being counted"
        if not self.asked:
            return "Nobody is asked"
        if not self.left:
            return "Everybody confirmed"
        words = f"{self.left:,} not yet"
        return f"Overdue: {words}" if self.is_overdue else words
