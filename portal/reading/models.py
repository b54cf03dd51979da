"""What was read and confirmed, kept for good; and the counts that follow from it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.people.models import Site
from portal.people.roles import Role
from portal.policies.models import PolicyPage, PolicyVersion


class How(models.TextChoices):
    """How somebody confirmed."""

    OWN = "own", "Signed in"
    SHARED_DEVICE = "shared_device", "On a shared device"
    MEETING = "meeting", "At a team meeting"


class Acknowledgement(models.Model):
    """One person's dated confirmation of one published version. Rows are only ever added.

    ``sha256`` is that of the version, kept again so that the row speaks for itself. ``device_ref``
    names a shared device; ``sheet_ref`` and ``sheet_sha256`` the signed sheet of a meeting. Whoever
    recorded a meeting stands in ``recorded_by``.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    page = models.ForeignKey(PolicyPage, on_delete=models.PROTECT, related_name="acknowledgements")
    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    major = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=20, choices=How)
    device_ref = models.CharField(max_length=22, blank=True)
    sheet_ref = models.CharField(max_length=22, blank=True)
    sheet_sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """Newest first; a version is confirmed once."""

        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("person", "version"), name="acknowledged_once"),
            models.CheckConstraint(
                condition=Q(how__in=How.values), name="acknowledgement_how_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(how="meeting") | Q(recorded_by__isnull=False),
                name="acknowledgement_of_a_meeting_has_a_recorder",
            ),
        )
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("page", "major", "person"), name="acknowledged_by_page"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"


class QuizTry(models.Model):
    """One try at a policy's questions. ``score`` and ``needed`` in percent; tries are all kept."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quiz_tries"
    )
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="quiz_tries")
    answers = models.JSONField(help_text="The place of the chosen answer, question by question.")
    score = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("person", "version"), name="quiz_tries_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.score} %"

    @property
    def is_passed(self) -> bool:
        """Whether the score reaches what was needed."""
        return self.score >= self.needed


class PolicyQuestion(models.Model):
    """What a reader asked the owner about a part of a version; ``sent_at`` once its e-mail left."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="policy_questions"
    )
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(max_length=1000)
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"


class ReadingCount(models.Model):
    """How many of those a policy is for have confirmed it, at one site and in one role.

    Kept so that the follow-up page costs the same for 200 and 20,000 people. No site is every site,
    no role is any role; somebody who holds two roles at two sites counts once in each row. Whoever
    holds a role for every site counts in the rows without a site alone. Not the truth, only its
    count: ``Acknowledgement`` and the audience are, and a nightly look compares.
    """

    page = models.ForeignKey(PolicyPage, on_delete=models.CASCADE, related_name="reading_counts")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    asked = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Each corner once."""

        constraints = (
            models.UniqueConstraint(fields=("page", "site", "role"), name="reading_count_once"),
            models.UniqueConstraint(
                fields=("page", "role"),
                condition=Q(site=None),
                name="reading_count_everywhere_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed__lte=F("asked")), name="reading_count_is_a_part"
            ),
        )
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("site", "role", "page"), name="reading_count_corner"),
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.confirmed} of {self.asked}"


class AudienceChange(models.Model):
    """Somebody started, ended or changed where they work: every policy is to be counted again.

    Rows are taken away by the count that saw them, so that a thousand changes are one count.
    """

    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.at}"


class Nudge(models.Model):
    """One reminder to one person to read one policy; ``sent_at`` once its e-mail left."""

    page = models.ForeignKey(PolicyPage, on_delete=models.PROTECT, related_name="nudges")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="nudges"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("page", "person", "-at"), name="nudges_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.page}"
