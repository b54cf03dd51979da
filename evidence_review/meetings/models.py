"""A meeting at which people read policies together. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from evidence_review.evidence.models import Evidence
from portal.people.models import Site, new_public_id
from portal.policies.models import PolicyVersion
from portal.record.objects import ObjectRef


class Meeting(models.Model):
    """Who read which versions together, where and when, and the signed sheet that shows it.

    ``sheet`` is an evidence of its own: when its file is refused, the next version of it takes its
    place. ``key`` is the sender's own name for the form: the same one twice is one meeting.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    sheet = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="meeting")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meetings_recorded"
    )
    at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=64, unique=True)
    versions = models.ManyToManyField(PolicyVersion, through="MeetingPolicy", related_name="+")
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="MeetingPerson", related_name="meetings"
    )

    class Meta:
        """Newest first."""

        ordering = ("-held_on", "-pk")
        indexes = (models.Index(fields=("site", "-held_on"), name="meetings_of_site"),)

    def __str__(self) -> str:
        return f"{self.site}, {self.held_on}"

    @property
    def record_ref(self) -> ObjectRef:
        """This meeting as the object of an event."""
        return ObjectRef("meeting", self.public_id)


class MeetingPolicy(models.Model):
    """One version that was read at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="policies")
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Each version once."""

        constraints = (
            models.UniqueConstraint(fields=("meeting", "version"), name="meeting_policy_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: {self.version}"


class MeetingPerson(models.Model):
    """One person who was there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="present")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Each person once."""

        constraints = (
            models.UniqueConstraint(fields=("meeting", "person"), name="meeting_person_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: {self.person}"
