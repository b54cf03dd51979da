"""How long evidence is kept, what must be kept longer, and what was disposed of."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from evidence_review.evidence.models import Evidence, EvidenceType, EvidenceVersion
from evidence_review.retention.terms import BASES_OF_RULES, Basis, in_years
from portal.people.models import Site, new_public_id
from portal.record.objects import ObjectRef

LONGEST_MONTHS = 1200


class RetentionRule(models.Model):
    """How long the files of one kind of evidence are kept.

    It begins as a default with its source. Nothing is disposed of by it until somebody confirmed
    it. ``months`` is for what was approved once, ``months_never_approved`` for all else.
    """

    class Confidence(models.TextChoices):
        """How sure the default is."""

        SOURCE = "source", "Read in a public source"
        MEMORY = "memory", "No source was looked up: check it before you confirm it"
        ASSUMED = "assumed", "Our own suggestion: check it before you confirm it"

    type = models.OneToOneField(
        EvidenceType, on_delete=models.PROTECT, related_name="retention_rule"
    )
    months = models.PositiveSmallIntegerField()
    basis = models.CharField(
        max_length=20, choices=[(basis.value, basis.label) for basis in BASES_OF_RULES]
    )
    months_never_approved = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=10, choices=Confidence)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        """In the order of the kinds."""

        ordering = ("type__position", "type__name")
        constraints = (
            models.CheckConstraint(
                condition=Q(months__range=(1, LONGEST_MONTHS))
                & Q(months_never_approved__range=(1, LONGEST_MONTHS)),
                name="retention_rule_in_months",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=[basis.value for basis in BASES_OF_RULES]),
                name="retention_rule_basis_is_known",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="retention_rule_confirmed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.type}: {in_years(self.months)} from {Basis(self.basis).label}"

    @property
    def record_ref(self) -> ObjectRef:
        """This rule as the object of an event."""
        return ObjectRef("retention_rule", self.type.code)

    @property
    def is_confirmed(self) -> bool:
        """Whether anything may be disposed of by it."""
        return self.confirmed_at is not None


class LegalHold(models.Model):
    """While it is open nothing it covers is disposed of. Placed once, lifted once, kept for good.

    A hold on a site covers all evidence that is, or ever was, of that site.
    """

    class Scope(models.TextChoices):
        """What a hold covers."""

        EVIDENCE = "evidence", "One piece of evidence"
        SITE = "site", "Everything of one site"
        EVERYTHING = "everything", "All evidence of the organisation"

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    scope = models.CharField(max_length=10, choices=Scope)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, related_name="legal_holds"
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="legal_holds")
    reason = models.TextField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True, default="")

    class Meta:
        """Newest first."""

        ordering = ("-placed_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(scope="evidence", evidence__isnull=False, site__isnull=True)
                | Q(scope="site", evidence__isnull=True, site__isnull=False)
                | Q(scope="everything", evidence__isnull=True, site__isnull=True),
                name="legal_hold_covers_what_it_says",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="legal_hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason=""),
                name="legal_hold_lifted_by_somebody",
            ),
        )
        indexes = (
            models.Index(
                fields=("scope",), condition=Q(lifted_at__isnull=True), name="legal_hold_open"
            ),
        )

    def __str__(self) -> str:
        return f"Hold on {self.covers}"

    @property
    def covers(self) -> str:
        """What it covers, in words."""
        if self.evidence:
            return f"“{self.evidence}”"
        return f"everything of {self.site}" if self.site else "all evidence"

    @property
    def is_open(self) -> bool:
        """Whether it holds now."""
        return self.lifted_at is None

    @property
    def record_ref(self) -> ObjectRef:
        """This hold as the object of an event."""
        return ObjectRef("legal_hold", self.public_id)


class Disposal(models.Model):
    """The certificate that the bytes of one version were removed. Rows are only ever added.

    ``day`` is the day in Europe/London; ``kept_until`` the last day of the period, before it.
    """

    version = models.OneToOneField(
        EvidenceVersion, on_delete=models.PROTECT, related_name="disposal"
    )
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=100, help_text="The kind of evidence, as it was called.")
    was_approved = models.BooleanField()
    months = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=20, choices=Basis)
    counted_from = models.DateField()
    kept_until = models.DateField()
    method = models.CharField(max_length=200)
    disposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="disposals"
    )
    reason = models.TextField()
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="disposal_has_a_reason"),
        )
        indexes = (models.Index(fields=("-at",), name="disposal_newest"),)

    def __str__(self) -> str:
        return f"Disposal of {self.version}"

    @property
    def rule_in_words(self) -> str:
        """The rule that held then."""
        return f"{in_years(self.months)} from {Basis(self.basis).label}"
