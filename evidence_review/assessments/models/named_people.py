"""The people a provider must be able to name, and how each was given the duty."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from evidence_review.assessments.states import Duty
from evidence_review.evidence.models import Evidence
from portal.people.models import Site, User, new_public_id
from portal.record.objects import ObjectRef


class NamedPerson(models.Model):
    """Who holds a duty, from when until when. Somebody outside the portal is named in words.

    Never deleted: it ends, and the next manager can still read who it was.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    duty = models.CharField(max_length=30, choices=Duty)
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="named_people",
        help_text="Empty: for the whole organisation.",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
    )
    name = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=120)
    how_assigned = models.CharField(max_length=300)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    history = HistoricalRecords()
    _history_user: User

    class Meta:
        verbose_name_plural = "named people"
        ordering = ("duty", "site__name", "-starts")
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""), name="named_person_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="duty_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return str(self.person) if self.person else self.name

    @property
    def record_ref(self) -> ObjectRef:
        """This holder of a duty as the object of an event."""
        return ObjectRef("named_person", self.public_id)
