"""End shared mode on a device."""

from django.db import transaction
from django.utils import timezone

from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.shared_devices.models import SharedDevice
from portal.shared_devices.permissions import user_can_manage_devices_at
from portal.shared_devices.queries import lock_device


@transaction.atomic
def end_device(device: SharedDevice, *, actor: User) -> SharedDevice:
    """End the device now, wherever it lies, and with it whoever is using it.

    One that was ended before, or has run out, changes nothing and writes nothing.

    Raises:
        NotPermitted: the actor does not manage this site's tablets.
    """
    device = lock_device(device)
    require(user_can_manage_devices_at(actor, device.site))
    now = timezone.now()
    if device.ended_at is not None or device.ends_at <= now:
        return device
    device.ended_at, device.ended_by = now, actor
    device.save(update_fields=("ended_at", "ended_by"))
    device.sessions.filter(ended_at__isnull=True).update(ended_at=now)
    record(
        Verb.DEVICE_ENDED,
        device.record_ref,
        actor=actor,
        detail={"name": device.name, "site": device.site.name},
    )
    return device
