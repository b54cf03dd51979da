"""What the virus scanner said, and who is asking it."""

from django.db import models
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion


class Verdict(models.Model):
    """What the scanner said of one file's exact bytes; append-only.

    It is about bytes, not about a version: two versions with the same SHA-256 share their verdicts.
    """

    class Value(models.TextChoices):
        """The four things a scan can end in. Only an exact OK is CLEAN."""

        CLEAN = "clean", "Clean"
        INFECTED = "infected", "Contains a virus"
        UNSCANNABLE = "unscannable", "Could not be scanned"
        ERROR = "error", "Scan failed"

    class Cause(models.TextChoices):
        """Why the scan was made."""

        FIRST = "first", "Upload"
        RETRY = "retry", "Tried again"
        RESCAN = "rescan", "New signatures"

    sha256 = models.CharField(max_length=64)
    verdict = models.CharField(max_length=20, choices=Value)
    signature_name = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    engine = models.CharField(max_length=60)
    signature_version = models.CharField(max_length=60, blank=True)
    signature_date = models.DateTimeField(null=True)
    gate_version = models.CharField(max_length=20)
    cause = models.CharField(max_length=10, choices=Cause)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("sha256", "-id"), name="verdict_newest_of_bytes"),)

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.sha256[:12]})"


class VersionCheck(models.Model):
    """The claim on checking one version: a job works only on a row it has claimed."""

    version = models.OneToOneField(EvidenceVersion, on_delete=models.PROTECT, related_name="check_claim")
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"Check of {self.version}"
