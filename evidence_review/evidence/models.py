"""Evidence: a thing kept to prove something, and its versions, which never change."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from simple_history.models import HistoricalRecords

from evidence_review.evidence.states import Look, VersionState, look
from portal.frameworks.models import Requirement
from portal.people.models import Site, User, new_public_id
from portal.record.objects import ObjectRef

models.CharField.register_lookup(Length)


class EvidenceType(models.Model):
    """What kind of thing an evidence is; review routes and retention hang on it."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """A thing kept to prove something: what it is, whose, for which period, until when.

    Never deleted. The details may be corrected, each correction keeps its history; the files are
    versions, and those never change.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    title = models.CharField(max_length=200)
    type = models.ForeignKey(EvidenceType, on_delete=models.PROTECT, related_name="evidence")
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        help_text="Empty: for the whole organisation.",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence_owned"
    )
    claim = models.CharField(
        max_length=300, blank=True, help_text="What this shows, in one sentence."
    )
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    review_date = models.DateField(null=True, blank=True)
    requirements = models.ManyToManyField(
        Requirement, through="EvidenceLink", related_name="evidence"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence_created"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    history = HistoricalRecords()
    _history_user: User
    """Who is changing the row; set by actions, read by the history."""

    class Meta:
        verbose_name = "evidence"
        verbose_name_plural = "evidence"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="evidence_has_a_title"),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="evidence_period_ends_after_it_starts",
            ),
        )
        indexes = (
            models.Index(fields=("site", "-created_at"), name="evidence_site_newest"),
            models.Index(fields=("review_date",), name="evidence_review_date"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def record_ref(self) -> ObjectRef:
        """This evidence as the object of an event."""
        return ObjectRef("evidence", self.public_id)


class EvidenceLink(models.Model):
    """One evidence speaking to one requirement, of whatever framework."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="links")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="links")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    history = HistoricalRecords()
    _history_user: User

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("evidence", "requirement"), name="evidence_link_once"),
        )
        # The inspector's summary asks for the newest of one requirement.
        indexes = (models.Index(fields=("requirement", "-id"), name="evidence_link_newest"),)

    def __str__(self) -> str:
        return f"{self.evidence} for {self.requirement}"


class EvidenceVersion(models.Model):
    """One immutable file of an evidence.

    Only ``state`` and ``state_since`` ever change, by way of an action; the database refuses a
    change to any other column, and refuses to delete the row.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    media_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=10)
    original_name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="versions_uploaded"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    change_note = models.CharField(max_length=300, blank=True)
    preparation = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the portal changed in a photo before keeping it.",
    )
    upload_key = models.CharField(  # noqa: DJ001 - unique, and many have none
        max_length=100,
        null=True,
        unique=True,
        help_text="The sender's own name for this upload: the same one twice is one upload.",
    )
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.WAITING)
    state_since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("evidence", "-number")
        constraints = (
            models.UniqueConstraint(fields=("evidence", "number"), name="version_number_once"),
            models.UniqueConstraint(
                fields=("evidence",), condition=Q(state="approved"), name="one_approved_version"
            ),
            models.CheckConstraint(condition=Q(sha256__length=64), name="version_has_a_sha256"),
            models.CheckConstraint(condition=Q(size__gt=0), name="version_is_not_empty"),
            models.CheckConstraint(condition=~Q(media_type=""), name="version_has_a_media_type"),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="version_state_is_known"
            ),
        )
        indexes = (models.Index(fields=("state", "state_since"), name="version_state_since"),)

    def __str__(self) -> str:
        return f"{self.evidence}, version {self.number}"

    @property
    def look(self) -> Look:
        """How the state is drawn."""
        return look(self.state)

    @property
    def record_ref(self) -> ObjectRef:
        """This version as the object of an event: the evidence, and which of its versions."""
        return ObjectRef("evidence", self.evidence.public_id, self.number)


class GateReport(models.Model):
    """What the gate found in one version; append-only, one row for each time it looked."""

    class Outcome(models.TextChoices):
        """What the gate concluded."""

        ACCEPTED = "accepted"
        REFUSED = "refused"
        UNSCANNABLE = "unscannable"

    version = models.ForeignKey(
        EvidenceVersion, on_delete=models.PROTECT, related_name="gate_reports"
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    reasons = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    gate_version = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.version}: {self.outcome}"
