"""Why details are erased: codes for the sealed record, and their words."""

from django.db.models import TextChoices


class Reason(TextChoices):
    """The reason's code goes into the sealed record, so it names nobody."""

    LEFT = "left", "They left, and the time we keep their details is over"
    ASKED = "asked", "They asked us to erase their details"
    MISTAKE = "mistake", "The details should not have been here"
    OTHER = "other", "Another reason"
