"""Where an inspector's access stands, in the words and colours of the screens."""

from django.db.models import TextChoices


class AccessState(TextChoices):
    """Nothing stores it: it follows from the dates, so it is right at every moment."""

    NOT_STARTED = "not_started", "Not started"
    OPEN = "open", "Open"
    ENDED = "ended", "Ended"
    REVOKED = "revoked", "Ended early"

    @property
    def is_over(self) -> bool:
        """Whether the access can never count again."""
        return self in {AccessState.ENDED, AccessState.REVOKED}

    @property
    def kind(self) -> str:
        """Which of the five kinds of state it is drawn as."""
        return _LOOKS[self][0]

    @property
    def icon(self) -> str:
        """Which icon stands beside the word."""
        return _LOOKS[self][1]


_LOOKS = {
    AccessState.NOT_STARTED: ("wait", "clock"),
    AccessState.OPEN: ("done", "tick"),
    AccessState.ENDED: ("todo", "lock"),
    AccessState.REVOKED: ("stop", "stop"),
}
