"""What was found inside kept bytes: their text, and the pictures of their pages.

Both are about bytes, not about a version: two versions with the same SHA-256 share them. Neither is
part of the record. All of it can be made again from the bytes, so rows may change and go.
"""

from django.db import models
from django.utils import timezone

from evidence_review.extraction.outcomes import Outcome


class LookInside(models.Model):
    """One kind of look into some bytes: where it stands, and whose job it is at the moment.

    ``attempts`` is counted before the work begins, so a job that dies over a file has used one up.
    ``claim`` is a new random word for every claim: a job whose lease ran out finds another word
    there and throws its result away.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    extension = models.CharField(max_length=10)
    made_by = models.CharField(
        max_length=20, help_text="The version of the program that made it, or is to make it."
    )
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.WAITING)
    problem = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=22, blank=True)
    claimed_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(null=True, help_text="When it came to an end.")

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Whether there is still an answer to come."""
        return self.outcome == Outcome.WAITING


class ExtractedText(LookInside):
    """The text inside some bytes, as far as it is kept."""

    text = models.TextField(blank=True)
    is_cut = models.BooleanField(default=False, help_text="There was more text than is kept.")
    characters = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0, help_text="0 where there are none to count.")
    ocr = models.BooleanField(default=False, help_text="Read from a picture.")

    class Meta:
        verbose_name = "extracted text"
        indexes = (models.Index(fields=("outcome", "asked_at"), name="text_waiting_longest"),)

    def __str__(self) -> str:
        return f"Text of {self.sha256[:12]}: {self.get_outcome_display()}"


class PagePictures(LookInside):
    """The pictures of the pages of some bytes; the files themselves lie in a cache."""

    pages = models.PositiveIntegerField(default=0, help_text="In the file.")
    shown = models.PositiveIntegerField(default=0, help_text="Pages there is a picture of.")
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of all pictures together.")
    seen_at = models.DateTimeField(default=timezone.now, help_text="Looked at last, to the day.")

    class Meta:
        verbose_name = "page pictures"
        verbose_name_plural = "page pictures"
        indexes = (
            models.Index(fields=("outcome", "asked_at"), name="pictures_waiting_longest"),
            models.Index(fields=("-seen_at", "-id"), name="pictures_seen_last"),
        )

    def __str__(self) -> str:
        return f"Pages of {self.sha256[:12]}: {self.get_outcome_display()}"
