"""One run through one edition, by head office or by a site."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from portal.frameworks.models import Edition
from portal.people.models import Site, User, new_public_id
from portal.record.objects import ObjectRef


class Assessment(models.Model):
    """The answers of head office (without a site) or of one site to one edition. Never deleted.

    ``tally`` is what ``tally.Tally`` keeps: counts and lapse dates from which the standing on any
    day follows, so that a page about 300 sites reads 300 rows and not every answer. It is written
    only by ``actions.restate``.

    The four ``same_...`` are the DSPT's questions of sameness: head office may answer for its sites
    only when all four are true; ``None`` is "not answered yet".
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="assessments")
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    same_training = models.BooleanField("induction and training", null=True, blank=True)
    same_policies = models.BooleanField("policies", null=True, blank=True)
    same_security = models.BooleanField("security and breach arrangements", null=True, blank=True)
    same_it = models.BooleanField("IT systems", null=True, blank=True)
    tally = models.JSONField(default=dict, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    history = HistoricalRecords(excluded_fields=["tally"])
    _history_user: User

    class Meta:
        ordering = ("edition", "site__name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "site"),
                condition=Q(site__isnull=False),
                name="one_assessment_a_site",
            ),
            models.UniqueConstraint(
                fields=("edition",),
                condition=Q(site__isnull=True),
                name="one_assessment_of_head_office",
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition}, {self.owner_name}"

    @property
    def owner_name(self) -> str:
        """Whose assessment it is, in words."""
        return self.site.name if self.site else "head office"

    @property
    def is_head_office(self) -> bool:
        """Whether head office answers, for itself and for the sites it covers."""
        return self.site_id is None

    @property
    def is_same_everywhere(self) -> bool:
        """Whether all four questions of sameness were answered with yes."""
        return all((self.same_training, self.same_policies, self.same_security, self.same_it))

    @property
    def record_ref(self) -> ObjectRef:
        """This assessment as the object of an event."""
        return ObjectRef("assessment", self.public_id)


class Coverage(models.Model):
    """One site for which a head office assessment answers, until it no longer does."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="coverage")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="covered_by")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("assessment", "site__name")
        constraints = (
            models.UniqueConstraint(
                fields=("assessment", "site"),
                condition=Q(ended_at__isnull=True),
                name="site_covered_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessment} covers {self.site}"
