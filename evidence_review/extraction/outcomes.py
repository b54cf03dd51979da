"""What a look inside a file can end in."""

from django.db.models import TextChoices

EXTRACTOR_VERSION = "1"
"""Raised whenever the text of any file may come out differently; old texts are then made anew."""
RENDERER_VERSION = "1"
"""Raised whenever the pictures of any file may come out differently."""
MOST_ATTEMPTS = 2
"""A file that brought down this many jobs is left alone for good."""


class Outcome(TextChoices):
    """Where a look inside stands; all but the first are final for this version of the program."""

    WAITING = "waiting", "Not looked at yet"
    DONE = "done", "Done"
    NOTHING_TO_READ = "nothing_to_read", "Nothing to read in it"
    FAILED = "failed", "Could not be read"
    LATE = "late", "Took too long"
    TOO_BIG = "too_big", "Too big"
