"""Why a file is not disposed of although the person may."""

from datetime import date

from evidence_review.retention.models import LegalHold
from portal.chrome.words import day
from portal.refused import Refused


class NotDisposed(Refused):
    """Something stands in the way. Nothing was changed."""

    status = 409


class NoRule(NotDisposed):
    """Nobody has confirmed how long this kind of evidence is kept."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"Nobody has confirmed how long “{kind}” is kept, so nothing of it is disposed of. "
            "Confirm the rule first."
        )


class StillKept(NotDisposed):
    """The period is not over."""

    def __init__(self, kept_until: date) -> None:
        super().__init__(f"This file must be kept until the end of {day(kept_until)}.")


class OnHold(NotDisposed):
    """A legal hold covers it."""

    def __init__(self, hold: LegalHold) -> None:
        super().__init__(
            f"There is a legal hold on {hold.covers}, so this file must stay. Lift the hold first, "
            "if it is no longer needed."
        )


class Offered(NotDisposed):
    """A policy in force offers it to its readers."""

    def __init__(self) -> None:
        super().__init__(
            "A policy in force offers this file to its readers. Take it out of the policy first."
        )


class HoldConflict(Refused):
    """The hold is lifted already."""

    status = 409
