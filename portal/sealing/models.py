"""What the sealer says: heads it signed, keys it used, and why it would not sign."""

from django.db import models
from django.utils import timezone


class SealKey(models.Model):
    """A key the sealer signs with, from a day on. Rows are only ever added.

    ``statement`` is a signed note that names this key; the key before it signed it, too, unless
    that one was lost. Then ``reason`` says so.
    """

    public = models.TextField(unique=True, help_text="name+id+key, as verifiers take it.")
    fingerprint = models.CharField(max_length=64)
    starts = models.DateTimeField(default=timezone.now)
    statement = models.TextField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        """Newest first, by the order they came in: a clock may be wrong."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.fingerprint


class Seal(models.Model):
    """One signed head of the record. Rows are only ever added."""

    size = models.BigIntegerField(help_text="How many events it covers.")
    root = models.CharField(max_length=64, help_text="The Merkle root, in hex.")
    note = models.TextField(help_text="The signed checkpoint, exactly as signed.")
    key = models.ForeignKey(SealKey, on_delete=models.PROTECT, related_name="seals")
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=("size",), name="seal_size"),)

    def __str__(self) -> str:
        return f"{self.size} events"


class SealProblem(models.Model):
    """Why nothing is signed, since when, and until when if that was put right."""

    class Kind(models.TextChoices):
        """What it is that is not as it should be."""

        RECORD = "record", "The record is not what was sealed"
        SEALER = "sealer", "The sealer cannot work"
        LATE = "late", "No sealer is at work"

    kind = models.CharField(max_length=6, choices=Kind, default=Kind.RECORD)
    seq = models.BigIntegerField(help_text="The event where it first shows.")
    sentence = models.CharField(max_length=300)
    advice = models.CharField(max_length=300, blank=True)
    last_good = models.ForeignKey(Seal, on_delete=models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When people got their mail.")

    class Meta:
        """Newest first; one of a kind at a time."""

        ordering = ("-found_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sentence",),
                condition=models.Q(ended_at=None),
                name="seal_problem_open_once",
            ),
        )

    def __str__(self) -> str:
        return self.sentence
