"""Who may read the record. Nobody may change it, so there is nothing else to ask."""

from dataclasses import dataclass
from typing import Protocol

VIEW_RECORD = "record.view_event"


class PermissionHolder(Protocol):
    """The part of a user that is asked."""

    def has_perm(self, perm: str) -> bool:
        """Say whether the user holds the named permission."""


@dataclass(frozen=True)
class RecordAnswer:
    """Whether it is allowed, and if not, why. True when it is."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        """Return whether it is allowed."""
        return self.allowed


def user_can_view_record(user: PermissionHolder) -> RecordAnswer:
    """Answer whether ``user`` may read the record of the whole organisation."""
    if user.has_perm(VIEW_RECORD):
        return RecordAnswer(allowed=True)
    return RecordAnswer(
        allowed=False,
        reason="Your role does not let you read the record. Ask your IG lead.",
    )
