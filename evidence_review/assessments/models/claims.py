"""What a provider claims of a quality statement, and what shows it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from evidence_review.evidence.models import Evidence
from portal.frameworks.models import EvidenceCategory, Requirement
from portal.people.models import Site, User, new_public_id
from portal.record.objects import ObjectRef


class StatementClaim(models.Model):
    """One sentence that says what is true here, the evidence of it, and what changed because of it.

    ``statement`` is a requirement answered by claims: a quality statement or a KLOE. Withdrawn,
    never deleted.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    statement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="claims")
    category = models.ForeignKey(
        EvidenceCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        help_text="Empty: for the whole organisation.",
    )
    claim = models.CharField(max_length=300)
    what_changed = models.CharField("what changed because of it", max_length=500, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="claims", blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claims_owned"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords(m2m_fields=[evidence])
    _history_user: User

    class Meta:
        ordering = ("statement__position", "-made_at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(claim=""), name="claim_has_words"),)
        indexes = (models.Index(fields=("statement", "-id"), name="claim_newest"),)

    def __str__(self) -> str:
        return self.claim

    @property
    def record_ref(self) -> ObjectRef:
        """This claim as the object of an event."""
        return ObjectRef("claim", self.public_id)
