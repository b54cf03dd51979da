"""Where heads of the record are kept outside the portal, and who is sent them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from portal.people.models import new_public_id
from portal.record.objects import ObjectRef
from portal.sealing.models import Seal


class AnchorRecipient(models.Model):
    """Somebody who is sent the newest checkpoint every day. Never deleted, only ended."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address")
    is_outside = models.BooleanField(help_text="Does not work for the organisation.")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    mailed = models.ForeignKey(
        Seal, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    """The seal that was last taken up to be mailed: a job delivered twice mails it once."""

    class Meta:
        """In the order in which they were named."""

        ordering = ("named_at", "pk")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                Lower("email"), condition=Q(ended_at=None), name="anchor_recipient_email_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def record_ref(self) -> ObjectRef:
        """This person, without their name, as the object of an event."""
        return ObjectRef("anchor_recipient", self.public_id)


class AnchorKind(models.TextChoices):
    """The kinds of places outside the portal."""

    MAIL = "mail", "E-mail"
    DOWNLOAD = "download", "Download"
    FOLDER = "folder", "Append-only folder"
    BUCKET = "bucket", "Locked bucket"
    TIMESTAMP = "timestamp", "Timestamp"


class Anchor(models.Model):
    """One head of the record that was kept in one place outside. Rows are only ever added.

    ``where`` names the place without a name or address of a person. ``receipt`` is the answer of a
    timestamp server, empty for all others.
    """

    kind = models.CharField(max_length=10, choices=AnchorKind)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="anchors")
    at = models.DateTimeField(default=timezone.now)
    where = models.CharField(max_length=100)
    is_outside = models.BooleanField(help_text="Nobody at the organisation can change it there.")
    receipt = models.BinaryField(default=b"")

    class Meta:
        """Newest first; each place has a head once, but people download as often as they like."""

        ordering = ("-pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "where", "seal"),
                condition=~Q(kind=AnchorKind.DOWNLOAD),
                name="anchor_once_in_each_place",
            ),
        )
        indexes = (models.Index(fields=("kind", "where", "at"), name="anchor_place"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.seal}"


class AnchorProblem(models.Model):
    """Why a place outside did not take a head, since when, and until when."""

    kind = models.CharField(max_length=10, choices=AnchorKind)
    where = models.CharField(max_length=100)
    sentence = models.CharField(max_length=300)
    found_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first; one for each place at a time."""

        ordering = ("-found_at", "-pk")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "where"), condition=Q(ended_at=None), name="anchor_problem_once"
            ),
        )

    def __str__(self) -> str:
        return self.sentence
