"""Erasures: whose details were erased, by whom, why, and how far it is."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.erasure.reasons import Reason
from portal.people.models import new_public_id
from portal.record.objects import ObjectRef


class Erasure(models.Model):
    """The erasure of one person's or inspector's details, in steps that follow the record.

    What the rooms keep goes at once; the details of events go from the first event up to
    ``until_seq``, of which ``at_seq`` are done. ``words``, the names that are looked for, are kept
    until then.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=100)
    actor_ref = models.CharField(max_length=100)
    reason = models.CharField(max_length=30, choices=Reason)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasures_asked"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    words = models.JSONField(default=list)
    until_seq = models.BigIntegerField()
    at_seq = models.BigIntegerField(default=0)
    details = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("kind", "ref"), name="erasure_once"),
            models.CheckConstraint(
                condition=Q(at_seq__lte=F("until_seq")), name="erasure_within_the_record"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(words=[]),
                name="erasure_forgets_the_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}, {self.asked_at:%d %B %Y}"

    @property
    def about(self) -> ObjectRef:
        """Whose details they were, as the object of events."""
        return ObjectRef(self.kind, self.ref)

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 if self.finished_at else int(100 * self.at_seq / max(self.until_seq, 1))
