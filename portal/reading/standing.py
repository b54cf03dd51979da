"""How one person stands with one policy: what is asked of them, and what they confirmed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from portal.policies.models import PolicyPage, PolicyVersion
from portal.reading.models import Acknowledgement


@dataclass(frozen=True)
class Standing:
    """One policy in force as one person finds it.

    ``last`` is their confirmation of its newest version that they confirmed, whatever that was.
    ``asked_since`` is the day from which the policy is for them; None when it is not.
    """

    page: PolicyPage
    version: PolicyVersion
    asked_since: date | None
    last: Acknowledgement | None
    has_quiz: bool = False

    @property
    def kept(self) -> Acknowledgement | None:
        """The confirmation that counts today: of this version, or of one that changed little."""
        return self.last if self.last and self.last.major == self.version.major else None

    @property
    def is_asked(self) -> bool:
        """Whether the person is to read and confirm, and has not."""
        return self.asks and self.kept is None

    @property
    def asks(self) -> bool:
        """Whether the policy asks this person to confirm, done or not."""
        return self.version.asks_to_confirm and self.asked_since is not None

    @property
    def due(self) -> date | None:
        """The last day to confirm."""
        if not self.asks:
            return None
        return last_day(self.version, self.page.confirm_days, self.asked_since)

    @property
    def is_late(self) -> bool:
        """Whether that day has passed without a confirmation."""
        return self.is_asked and self.due is not None and self.due < timezone.localdate()

    @property
    def has_changed_since(self) -> bool:
        """Whether the person confirmed an earlier version than the one in force."""
        return self.last is not None and self.last.version.number < self.version.number


def last_day(version: PolicyVersion, days: int, since: date | None) -> date | None:
    """Return the day to confirm by: whoever joined later has as many days as everybody had."""
    if version.confirm_by is None or since is None:
        return version.confirm_by
    return max(version.confirm_by, since + timedelta(days=days))
