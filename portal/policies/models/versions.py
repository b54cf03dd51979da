"""What was published, kept for good, and whom it is for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.people.models import Site
from portal.people.roles import Role
from portal.record.objects import ObjectRef


class PolicyVersion(models.Model):
    """One published version of a policy. Rows are only ever added; the database sees to it.

    ``sha256`` is of the text people read (title, summary, body) in one canonical form, in hex.
    ``major`` is the number of the last major change, so that whoever confirmed any version with the
    same ``major`` need not confirm this one. ``audience`` is whom it was for on the day it was
    published: ``{"roles": [...], "sites": [public ids]}``, empty lists for everybody.
    """

    page = models.ForeignKey(
        "policies.PolicyPage", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.PROTECT, related_name="+")
    major = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    change_note = models.CharField(max_length=300, blank=True)
    asks_to_confirm = models.BooleanField(default=False)
    confirm_by = models.DateField(null=True, blank=True)
    audience = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """Newest first."""

        ordering = ("page", "-number")
        constraints = (
            models.UniqueConstraint(fields=("page", "number"), name="policy_version_number_once"),
            models.CheckConstraint(
                condition=Q(major__gte=1, major__lte=F("number")),
                name="policy_version_major_is_a_version",
            ),
        )

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def record_ref(self) -> ObjectRef:
        """This version as the object of an event."""
        return ObjectRef("policy", str(self.page_id), self.number)

    @property
    def is_major(self) -> bool:
        """Whether this version asks its readers to read again."""
        return self.major == self.number


class PolicyInForce(models.Model):
    """Which version of a policy holds now. Says nothing of whether the policy was withdrawn."""

    page = models.OneToOneField(
        "policies.PolicyPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="in_force",
    )
    version = models.OneToOneField(PolicyVersion, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.page}: {self.version}"


class PolicyDownload(models.Model):
    """A file that the policy in force offers, pinned to its bytes. Replaced at each publication."""

    page = models.ForeignKey(
        "policies.PolicyPage", on_delete=models.CASCADE, related_name="downloads"
    )
    public_id = models.CharField(max_length=64, db_index=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        """Each file once."""

        constraints = (
            models.UniqueConstraint(fields=("page", "public_id"), name="policy_download_once"),
        )

    def __str__(self) -> str:
        return f"{self.page}: {self.public_id}"


class PolicyAudience(models.Model):
    """Whom the policy in force is for: a role at a site. No role is any, no site is every.

    Replaced at each publication; what held earlier is kept with the versions.
    """

    page = models.ForeignKey(
        "policies.PolicyPage", on_delete=models.CASCADE, related_name="audience"
    )
    role = models.CharField(max_length=20, choices=Role, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """Each pair once."""

        constraints = (
            models.UniqueConstraint(fields=("page", "role", "site"), name="policy_audience_once"),
            models.UniqueConstraint(
                fields=("page", "role"),
                condition=Q(site=None),
                name="policy_audience_everywhere_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.page}: {self.get_role_display() or 'any role'}, {self.site or 'every site'}"
