"""Why a decision is not taken although the person may decide: how things stand is in the way."""

from portal.refused import Refused


class DecisionConflict(Refused):
    """The decision does not fit how things stand now."""

    status = 409


class SeenSomethingElse(DecisionConflict):
    """The bytes the person looked at are not the bytes of this version."""

    def __init__(self) -> None:
        super().__init__(
            "This is not the file you looked at. Reload the page, look at it, and decide again."
        )


class AlreadyDecided(DecisionConflict):
    """The same person has decided on this version before; sending it twice changes nothing."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"You have already decided on version {number}. Nothing was changed this time."
        )


class NotClean(DecisionConflict):
    """The newest virus check of these bytes is not clean."""

    def __init__(self) -> None:
        super().__init__(
            "This file has no clean virus check, so it cannot be approved. You can still return it."
        )


class ScannerNotReady(DecisionConflict):
    """Approvals are closed, because nobody can say whether the scanner still finds anything."""


class NewerIsApproved(DecisionConflict):
    """Approving an older version would put it in the place of a newer one."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Version {number} is newer and already approved. Return this one, or refuse it."
        )
