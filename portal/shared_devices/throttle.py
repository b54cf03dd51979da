"""How often a PIN may be tried: by name and device, by device, and by person."""

from django.utils import timezone

from portal.people.answers import Allowed, Answer, Denied
from portal.shared_devices.limits import (
    DEVICE_WINDOW,
    MOST_WRONG_FOR_PERSON,
    MOST_WRONG_ON_DEVICE,
    PERSON_WINDOW,
)
from portal.shared_devices.models import MOST_WRONG, NameLock, SharedDevice, WrongPin

LOCKED = (
    "This name is locked on this tablet, because the PIN was wrong five times. "
    "Ask your manager to unlock it."
)
NOT_TODAY = (
    "The PIN for this name was wrong too many times today. Ask your manager for a new PIN, "
    "or try again tomorrow."
)
DEVICE_RESTS = (
    "Too many wrong PINs were entered on this tablet. Wait an hour, "
    "or ask your manager for another way to read your policies."
)


def may_try(device: SharedDevice, name: NameLock) -> Answer:
    """Whether a PIN may be tried for this name now; lock the device and the person first."""
    now = timezone.now()
    if name.wrong >= MOST_WRONG:
        return Denied(LOCKED)
    on_device = WrongPin.objects.filter(device=device, at__gt=now - DEVICE_WINDOW)
    if on_device.count() >= MOST_WRONG_ON_DEVICE:
        return Denied(DEVICE_RESTS)
    of_person = WrongPin.objects.filter(
        person_id=name.person_id, at__gt=now - PERSON_WINDOW, forgiven=False
    )
    if of_person.count() >= MOST_WRONG_FOR_PERSON:
        return Denied(NOT_TODAY)
    return Allowed()
