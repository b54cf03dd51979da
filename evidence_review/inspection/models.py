"""What an inspector is given: a link that ends, a code by e-mail, and nothing else."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from evidence_review.inspection.states import AccessState
from portal.frameworks.models import Edition
from portal.people.models import Site, User, new_public_id
from portal.record.objects import ObjectRef


def new_link_key() -> str:
    """Return 256 random bits for the path of an inspector's link."""
    return secrets.token_urlsafe(32)


class InspectorAccess(models.Model):
    """One inspector's right to look, within a scope, until a moment."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    link_key = models.CharField(max_length=43, unique=True, default=new_link_key, editable=False)
    name = models.CharField("inspector's name", max_length=120)
    inspector_organisation = models.CharField(max_length=120, default="Care Quality Commission")
    email = models.EmailField("work e-mail")
    every_site = models.BooleanField("every site", default=False)
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    editions = models.ManyToManyField(Edition, related_name="+")
    starts = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inspector_access_granted"
    )
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    link_waits = models.BooleanField(
        default=False, editable=False, help_text="A mail with the link is waiting to be sent."
    )
    history = HistoricalRecords(excluded_fields=["link_waits"])
    _history_user: User

    class Meta:
        verbose_name = "inspector"
        verbose_name_plural = "inspectors"
        ordering = ("-granted_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="inspector_access_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.inspector_organisation}"

    @property
    def actor_ref(self) -> str:
        """The name the record knows this inspector by."""
        return f"inspector:{self.public_id}"

    @property
    def actor_label(self) -> str:
        """Name with organisation."""
        return str(self)

    @property
    def record_ref(self) -> ObjectRef:
        """This access as the object of an event."""
        return ObjectRef("inspector_access", self.public_id)

    @property
    def state(self) -> AccessState:
        """Where the access stands at this very moment."""
        if self.revoked_at is not None:
            return AccessState.REVOKED
        now = timezone.now()
        if now < self.starts:
            return AccessState.NOT_STARTED
        return AccessState.OPEN if now < self.ends else AccessState.ENDED

    def is_open(self) -> bool:
        """Tell whether the access counts at this very moment."""
        return self.state is AccessState.OPEN


class InspectorCode(models.Model):
    """One one-time code asked for with an inspector's link, good in the browser that asked for it.

    The code itself is nowhere: it is the keyed digest (HMAC) of ``seed``, cut to eight digits, and
    the key is the portal's secret. ``browser`` and ``address`` are keyed digests too.
    """

    access = models.ForeignKey(InspectorAccess, on_delete=models.CASCADE, related_name="codes")
    seed = models.CharField(max_length=43, default=new_link_key, editable=False)
    browser = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(fields=("access", "asked_at"), name="inspector_code_of_access"),
            models.Index(fields=("address", "asked_at"), name="inspector_code_of_address"),
        )

    def __str__(self) -> str:
        return f"Code of {self.asked_at:%d %B %Y, %H:%M}"


class InspectorSession(models.Model):
    """A browser in which the right code was entered. Of its key only a digest is kept."""

    access = models.ForeignKey(InspectorAccess, on_delete=models.CASCADE, related_name="sessions")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return f"Session of {self.started_at:%d %B %Y, %H:%M}"


class ShownPage(models.Model):
    """The facts of a page that an inspector was shown, kept by what they are: the same ones once.

    The event of each look has ``sha256`` as its file. ``content`` is the compressed canonical JSON
    of which that is the SHA-256 (``kept_pages`` writes and reads it). It is empty once the details
    of a person who was named in it were erased; then the day stands in ``erased_at``.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Page {self.sha256[:12]}"
