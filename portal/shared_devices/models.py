"""One tablet, many people: the device, each person's PIN, and who is using the device now."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.people.models import Site, new_public_id
from portal.record.objects import ObjectRef

MOST_WRONG = 5
"""Wrong PINs in a row that lock one name on one device."""


class SharedDevice(models.Model):
    """A browser that a manager gave to everybody at a site, until a moment.

    Of the key in its cookie only a digest is kept. ``seen_at`` is when somebody last used it.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="shared_devices")
    name = models.CharField("name of the tablet", max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    seen_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-started_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("started_at")),
                name="shared_device_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.site}"

    @property
    def actor_ref(self) -> str:
        """The name under which the record knows whoever uses the device without a right PIN."""
        return f"device:{self.public_id}"

    @property
    def actor_label(self) -> str:
        """Name with site, as shown wherever the device is named."""
        return f"Shared tablet {self}"

    @property
    def record_ref(self) -> ObjectRef:
        """The device as the object of an event."""
        return ObjectRef("device", self.public_id)

    def is_running(self) -> bool:
        """Tell whether the device may be used at this very moment."""
        return self.ended_at is None and timezone.now() < self.ends_at and self.site.is_active


class Pin(models.Model):
    """One person's PIN. It is nowhere: only a salted hash of its keyed digest is kept.

    A PIN that a manager handed out (``must_change``) opens nothing but the page for choosing one.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pin"
    )
    encoded = models.CharField(max_length=200)
    must_change = models.BooleanField(default=False)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"PIN of {self.person}"


class NameLock(models.Model):
    """How often in a row the PIN of one name was wrong on one device, and since when it is shut.

    A try is counted before it is compared, so that tries at the same moment are all counted.
    """

    device = models.ForeignKey(SharedDevice, on_delete=models.CASCADE, related_name="names")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="names_on_devices"
    )
    wrong = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        """Each name once on each device; no count goes past the lock."""

        constraints = (
            models.UniqueConstraint(fields=("device", "person"), name="name_on_device_once"),
            models.CheckConstraint(
                condition=Q(wrong__lte=MOST_WRONG), name="name_on_device_tries_end"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} on {self.device}"


class WrongPin(models.Model):
    """One wrong PIN, counted for the device and for the person for a while, then forgotten.

    ``forgiven`` ones were cleared by a manager and count for the device alone.
    """

    device = models.ForeignKey(SharedDevice, on_delete=models.CASCADE, related_name="wrong_pins")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wrong_pins"
    )
    at = models.DateTimeField(default=timezone.now)
    forgiven = models.BooleanField(default=False)

    class Meta:
        """Asked for by device and by person, for the last hour or day."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("device", "at"), name="wrong_pins_on_device"),
            models.Index(fields=("person", "at"), name="wrong_pins_of_person"),
        ]

    def __str__(self) -> str:
        return f"Wrong PIN for {self.person}"


class DeviceSession(models.Model):
    """A person who entered their PIN on a device, good there alone and until ``until``.

    Of the key in its cookie only a digest is kept. Each page moves ``until`` on.
    """

    device = models.ForeignKey(SharedDevice, on_delete=models.CASCADE, related_name="sessions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="device_sessions"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    started_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return f"{self.person} on {self.device}"
