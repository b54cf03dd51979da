"""What the virus scanner said, who is asking it, and who must still be told."""

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
        indexes = (models.Index(fields=["sha256", "-id"], name="verdict_newest_of_bytes"),)

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.sha256[:12]})"


class VersionCheck(models.Model):
    """The claim on checking one version: a job works only on a row it has claimed.

    ``claim`` is a new random word for every claim, so that a job that lost its claim (its lease ran
    out, somebody asked for a fresh check) finds another word there and throws its result away.
    ``holder`` names the process, so that a restart on the same machine sees at once that the
    process is gone and need not wait for the lease to end.
    """

    version = models.OneToOneField(
        EvidenceVersion, on_delete=models.PROTECT, related_name="check_claim"
    )
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="Since the upload, or since somebody asked for a fresh check."
    )
    claim = models.CharField(max_length=22, blank=True)
    holder = models.CharField(max_length=150, blank=True)
    claimed_until = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    swept_at = models.DateTimeField(null=True)
    last_problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"Check of {self.version}"


class Notice(models.Model):
    """People who must be told of one version by e-mail: kept until it is sent, and sent once."""

    class About(models.TextChoices):
        """What they are told."""

        INFECTED = "infected", "A virus was found in an upload"
        RECALLED = "recalled", "A version was recalled"

    version = models.ForeignKey(EvidenceVersion, on_delete=models.PROTECT, related_name="notices")
    about = models.CharField(max_length=20, choices=About)
    reason = models.CharField(max_length=2000, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("version", "about"), name="notice_once_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.version}"
