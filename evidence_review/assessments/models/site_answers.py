"""What the registered manager of a covered site says of head office's answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from evidence_review.assessments.models.assessment import Coverage
from evidence_review.assessments.models.responses import Response
from evidence_review.assessments.states import Holds
from portal.people.models import User


class SiteAnswer(models.Model):
    """Whether one of head office's answers holds at one site, and if not, what is different there.

    It speaks of the ``revision`` that was read: when head office changes the answer, the manager
    is asked again.
    """

    coverage = models.ForeignKey(Coverage, on_delete=models.PROTECT, related_name="site_answers")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="site_answers")
    holds = models.CharField(max_length=10, choices=Holds)
    difference = models.TextField(blank=True, max_length=2000)
    revision = models.PositiveIntegerField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)
    history = HistoricalRecords()
    _history_user: User

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("coverage", "response"), name="one_word_a_site"),
            models.CheckConstraint(
                condition=Q(holds="same") | ~Q(difference=""), name="a_difference_is_described"
            ),
        )

    def __str__(self) -> str:
        return f"{self.coverage.site}: {self.get_holds_display()}"
