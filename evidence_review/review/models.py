"""Review: who must look, who may stand in, and what was decided."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from simple_history.models import HistoricalRecords

from evidence_review.evidence.models import EvidenceType, EvidenceVersion
from portal.people.roles import Role
from portal.record.objects import ObjectRef

models.TextField.register_lookup(Length)


class ReviewRoute(models.Model):
    """The steps a version of one evidence type goes through. Without a type: of all the others."""

    evidence_type = models.OneToOneField(
        EvidenceType, on_delete=models.PROTECT, null=True, blank=True, related_name="review_route"
    )
    history = HistoricalRecords()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                models.Value(1), condition=Q(evidence_type__isnull=True), name="one_default_route"
            ),
        )

    def __str__(self) -> str:
        return str(self.evidence_type or "Every other type")

    @property
    def record_ref(self) -> ObjectRef:
        """This route as the object of an event."""
        code = self.evidence_type.code if self.evidence_type else "default"
        return ObjectRef("review_route", code)


class ReviewStep(models.Model):
    """One step of a route: how many people of which role must approve."""

    route = models.ForeignKey(ReviewRoute, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=Role, default=Role.IG_LEAD)
    quorum = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    history = HistoricalRecords()

    class Meta:
        ordering = ("route", "position")
        constraints = (
            models.UniqueConstraint(fields=("route", "position"), name="review_step_position_once"),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="review_step_needs_somebody"),
        )

    def __str__(self) -> str:
        return self.name


class StandIn(models.Model):
    """Somebody who may decide in another's place, from a day up to and with a day.

    ``ended_at`` is set when it was ended early: from that moment it counts no more.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stand_ins"
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="standing_in_for"
    )
    starts = models.DateField()
    ends = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "stand-in"
        ordering = ("-starts", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="stand_in_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("stand_in")), name="nobody_stands_in_for_themselves"
            ),
        )

    def __str__(self) -> str:
        return f"{self.stand_in} for {self.person}"

    @property
    def record_ref(self) -> ObjectRef:
        """This arrangement as the object of an event."""
        return ObjectRef("stand_in", str(self.pk))


class Decision(models.Model):
    """What one person decided about one version's exact bytes; append-only.

    ``role`` is the one the step asked for at the time: when a route changes while a version is in
    review, an approval counts only towards a step that still asks for that role at that position.
    """

    class Outcome(models.TextChoices):
        """The three things a reviewer can do."""

        APPROVE = "approve", "Approved"
        RETURN = "return", "Returned"
        REFUSE = "refuse", "Refused"

    version = models.ForeignKey(EvidenceVersion, on_delete=models.PROTECT, related_name="decisions")
    step_position = models.PositiveSmallIntegerField(default=1)
    role = models.CharField(max_length=20, choices=Role, default=Role.IG_LEAD)
    outcome = models.CharField(max_length=10, choices=Outcome)
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(blank=True, max_length=2000)
    sha256 = models.CharField(max_length=64)
    is_final = models.BooleanField()
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-decided_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("version",), condition=Q(is_final=True), name="one_final_decision"
            ),
            models.UniqueConstraint(fields=("version", "decider"), name="one_decision_a_person"),
            models.CheckConstraint(
                condition=Q(outcome="approve") | (Q(is_final=True) & ~Q(reason="")),
                name="return_and_refuse_are_final_and_reasoned",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.version}"


class NoticeSent(models.Model):
    """The claim on one e-mail: a job that is delivered twice sends it once."""

    key = models.CharField(max_length=150, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key
