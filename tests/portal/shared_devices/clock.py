"""A clock that stands still until a test moves it."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class Clock:
    """The portal's own clock, as a test sets it."""

    moment: datetime

    def read(self) -> datetime:
        """Return the moment."""
        return self.moment

    def shift(self, seconds: float) -> None:
        """Move on."""
        self.moment += timedelta(seconds=seconds)
