"""How much a new version of a policy changes for its readers."""

from django.db.models import TextChoices


class Change(TextChoices):
    """A major change asks everybody to read again; a minor one keeps their confirmations."""

    MAJOR = "major", "A major change"
    MINOR = "minor", "A minor change"
