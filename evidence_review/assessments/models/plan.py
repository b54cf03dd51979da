"""The improvement plan: what will be done about what is not complete, by whom and by when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from evidence_review.assessments.models.assessment import Assessment
from evidence_review.assessments.states import ActionState
from evidence_review.evidence.models import Evidence
from portal.frameworks.models import Requirement
from portal.people.models import User, new_public_id
from portal.record.objects import ObjectRef


class ImprovementAction(models.Model):
    """One thing to do about one requirement. Dropped with a reason, never deleted."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="actions")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField("what will be done", max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="actions_owned"
    )
    due = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN)
    outcome = models.TextField("what came of it", blank=True, max_length=2000)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    history = HistoricalRecords()
    _history_user: User

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("done", "dropped"), finished_at__isnull=False)
                | Q(state__in=("open", "doing"), finished_at__isnull=True),
                name="action_finished_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "doing")) | ~Q(outcome=""),
                name="finished_action_says_what_came_of_it",
            ),
        )
        indexes = (models.Index(fields=("owner", "state", "due"), name="action_of_owner"),)

    def __str__(self) -> str:
        return self.what

    @property
    def record_ref(self) -> ObjectRef:
        """This action as the object of an event."""
        return ObjectRef("improvement_action", self.public_id)
