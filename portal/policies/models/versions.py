"""What was published, kept for good."""

from django.conf import settings
from django.db import models

from portal.record.objects import ObjectRef


class PolicyVersion(models.Model):
    """One published version of a policy. Rows are only ever added; the database sees to it.

    ``sha256`` is of the text people read (title, summary, body) in one canonical form, in hex.
    """

    page = models.ForeignKey(
        "policies.PolicyPage", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """Newest first."""

        ordering = ("page", "-number")
        constraints = (
            models.UniqueConstraint(fields=("page", "number"), name="policy_version_number_once"),
        )

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def record_ref(self) -> ObjectRef:
        """This version as the object of an event."""
        return ObjectRef("policy", str(self.page_id), self.number)
