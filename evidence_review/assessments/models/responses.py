"""The answer to one requirement, what it rests on, and what was said about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from evidence_review.assessments.models.assessment import Assessment
from evidence_review.assessments.standing import Result
from evidence_review.assessments.states import Standing, look
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.states import Look
from portal.frameworks.models import Requirement
from portal.people.models import User, new_public_id
from portal.record.objects import ObjectRef


class Response(models.Model):
    """The answer to one requirement in one assessment; the row is there from the start.

    ``revision`` counts the saves: whoever saves names the revision they began with, so that two
    people at once never overwrite each other. ``standing`` and ``good_until`` follow from the
    answer and its evidence and are written only by ``actions.restate``: the answer is complete on a
    day when ``standing`` is complete and ``good_until`` is empty or not before that day.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="responses")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="responses")
    tick = models.BooleanField("yes or no", null=True, blank=True)
    text = models.TextField("answer", blank=True, max_length=5000)
    kept_where = models.CharField("where it is kept", max_length=300, blank=True)
    link = models.URLField(max_length=500, blank=True)
    document_date = models.DateField("date of the document", null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    reason_not_applicable = models.TextField(blank=True, max_length=2000)
    comment = models.TextField("comment for next year", blank=True, max_length=2000)
    revision = models.PositiveIntegerField(default=0)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responses_assigned",
    )
    due = models.DateField(null=True, blank=True)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.NOT_STARTED)
    good_until = models.DateField(null=True, blank=True)
    evidence = models.ManyToManyField(
        Evidence, through="AnswerEvidence", related_name="responses", blank=True
    )
    history = HistoricalRecords(excluded_fields=["standing", "good_until"])
    _history_user: User

    class Meta:
        ordering = ("assessment", "requirement__position")
        constraints = (
            models.UniqueConstraint(
                fields=("assessment", "requirement"), name="one_response_a_requirement"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(answered_at__isnull=False),
                name="only_an_answer_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="response_confirmed_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(standing="complete") | Q(confirmed_at__isnull=False),
                name="complete_means_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values), name="response_standing_is_known"
            ),
        )
        indexes = (
            models.Index(fields=("assessment", "good_until"), name="response_lapses"),
            models.Index(fields=("assigned_to", "due"), name="response_assigned_due"),
        )

    def __str__(self) -> str:
        return f"{self.requirement.ref} in {self.assessment}"

    @property
    def look(self) -> Look:
        """How the standing is drawn, whatever the day."""
        return look(self.standing)

    @property
    def result(self) -> Result:
        """The standing and until when it lasts, from which that of any day follows."""
        return Result(Standing(self.standing), self.good_until)

    @property
    def is_carried_over(self) -> bool:
        """Whether last year's answer stands here and nobody has confirmed it yet."""
        return self.carried_from_id is not None and self.confirmed_at is None

    @property
    def record_ref(self) -> ObjectRef:
        """This answer as the object of an event, in its present revision."""
        return ObjectRef("response", self.public_id, self.revision)


class AnswerEvidence(models.Model):
    """One evidence an answer rests on: the answer is complete only while all of it is good."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answer_evidence")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="answer_evidence")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("response", "evidence"), name="answer_rests_on_once"),
        )

    def __str__(self) -> str:
        return f"{self.response} rests on {self.evidence}"


class ResponseNote(models.Model):
    """Something said about an answer among colleagues; append-only."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return f"{self.written_by} on {self.response}"
