"""What was published, word for word, and the certificates a level may ask for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from evidence_review.assessments.models.assessment import Assessment
from evidence_review.assessments.states import Standing
from evidence_review.evidence.models import Evidence
from portal.people.models import Site, User, new_public_id
from portal.record.objects import ObjectRef


class Publication(models.Model):
    """The answers of an assessment as they were when somebody published them.

    Only what the national toolkit says afterwards may be added: the day it was entered there and
    the certificate, which is kept as an evidence like any other file.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="publications"
    )
    level = models.CharField(max_length=40)
    level_name = models.CharField(max_length=100)
    sites = models.JSONField(default=list)
    answers_sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)
    entered_on = models.DateField("entered in the national toolkit on", null=True, blank=True)
    certificate = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()
    _history_user: User

    class Meta:
        ordering = ("-published_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(level=""), name="publication_has_a_level"),
        )

    def __str__(self) -> str:
        return f"{self.level_name}, {self.assessment}"

    @property
    def record_ref(self) -> ObjectRef:
        """This publication as the object of an event."""
        return ObjectRef("publication", self.public_id)


class PublishedAnswer(models.Model):
    """One answer as it was published; append-only.

    ``answer`` holds the words (``tick``, ``text``, ``kept_where``, ``link``, ``document_date``,
    ``not_applicable``, ``reason_not_applicable``, ``comment``, who answered and confirmed and
    when); ``evidence`` is a list of ``{evidence, title, version, sha256, good_until}``.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="answers")
    position = models.PositiveIntegerField()
    ref = models.CharField(max_length=20)
    section = models.CharField(max_length=80)
    question = models.TextField()
    standing = models.CharField(max_length=12, choices=Standing)
    answer = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)

    class Meta:
        ordering = ("publication", "position")
        constraints = (
            models.UniqueConstraint(fields=("publication", "ref"), name="published_once"),
        )

    def __str__(self) -> str:
        return f"{self.ref} as published"


class Certificate(models.Model):
    """A certificate a level asks for, such as Cyber Essentials Plus, and the days it is valid."""

    name = models.CharField(max_length=100)
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        help_text="Empty: for the whole organisation.",
    )
    number = models.CharField("certificate number", max_length=100, blank=True)
    starts = models.DateField("valid from")
    ends = models.DateField("valid until", help_text="The last day it is valid.")
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()
    _history_user: User

    class Meta:
        ordering = ("-ends", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="certificate_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def record_ref(self) -> ObjectRef:
        """This certificate as the object of an event."""
        return ObjectRef("certificate", str(self.pk))
