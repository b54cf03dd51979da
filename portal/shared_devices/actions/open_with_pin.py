"""Let a person use a shared device who enters their PIN.

A try is counted in a transaction of its own before the PIN is compared, and taken back when it was
right. So tries at the same moment are all counted, and no row is locked while the slow hash runs.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portal.people.answers import Denied, require
from portal.people.models import User
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb
from portal.shared_devices.keys import keyed_digest, new_key
from portal.shared_devices.limits import IDLE
from portal.shared_devices.models import (
    MOST_WRONG,
    DeviceSession,
    NameLock,
    Pin,
    SharedDevice,
    WrongPin,
)
from portal.shared_devices.permissions import person_can_use
from portal.shared_devices.pins import fits
from portal.shared_devices.queries import lock_device
from portal.shared_devices.throttle import LOCKED, may_try


@dataclass(frozen=True)
class Opened:
    """The PIN was right: ``key`` goes into the person's cookie and is kept nowhere else."""

    key: str


@dataclass(frozen=True)
class PinRefused:
    """The PIN opened nothing; why, as a sentence fit to show. ``is_shut``: no try is left."""

    sentence: str
    is_shut: bool = False


def open_with_pin(
    device: SharedDevice, person: User, typed: str, *, actor: Actor
) -> Opened | PinRefused:
    """Compare what was typed for a name; the right PIN starts a session on this device alone.

    ``actor`` is who stands in the record for a wrong one: the device, since nobody is known yet.
    The answer is the same, and as slow, for somebody who has no PIN.

    Raises:
        NotPermitted: the device does not run, or the name is not on it.
    """
    taken = _take_a_try(device, person)
    if isinstance(taken, Denied):
        return PinRefused(taken.reason, is_shut=True)
    pin = fits(person, typed)
    if pin is None:
        return _refuse(device, person, actor)
    return _open(device, pin, taken)


@transaction.atomic
def _take_a_try(device: SharedDevice, person: User) -> WrongPin | Denied:
    """Count one wrong try, unless none is left. Locks the device, then the person."""
    device = lock_device(device)
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    require(person_can_use(device, person))
    name, _ = NameLock.objects.get_or_create(device=device, person=person)
    answer = may_try(device, name)
    if isinstance(answer, Denied):
        return answer
    name.wrong += 1
    name.save(update_fields=("wrong",))
    return WrongPin.objects.create(device=device, person=person)


@transaction.atomic
def _refuse(device: SharedDevice, person: User, actor: Actor) -> PinRefused:
    """Keep the try as a wrong one; the fifth in a row locks the name."""
    device = lock_device(device)
    name = NameLock.objects.select_for_update().get(device=device, person=person)
    left = MOST_WRONG - name.wrong
    about: dict[str, str | int] = {"person": person.actor_ref, "tries_left": left}
    who = {"person": person.actor_label}
    record(Verb.DEVICE_PIN_REFUSED, device.record_ref, actor=actor, facts=about, detail=who)
    if left > 0:
        tries = "once more" if left == 1 else f"{left} more times"
        return PinRefused(f"That is not the PIN. Check it, then try again. You can try {tries}.")
    if name.locked_at is None:
        name.locked_at = timezone.now()
        name.save(update_fields=("locked_at",))
        about = {"person": person.actor_ref}
        record(Verb.DEVICE_PIN_LOCKED, device.record_ref, actor=actor, facts=about, detail=who)
    return PinRefused(LOCKED, is_shut=True)


@transaction.atomic
def _open(device: SharedDevice, pin: Pin, taken: WrongPin) -> Opened | PinRefused:
    """Take the try back and start a session; whoever used the device before has left it."""
    device = lock_device(device)
    person = User.objects.select_for_update(no_key=True).get(pk=pin.person_id)
    require(person_can_use(device, person))
    if not Pin.objects.filter(pk=pin.pk, encoded=pin.encoded).exists():
        return PinRefused("This PIN was replaced a moment ago. Enter the new one.")
    taken.delete()
    NameLock.objects.filter(device=device, person=person, locked_at=None).update(wrong=0)
    now, key = timezone.now(), new_key()
    device.sessions.filter(ended_at__isnull=True).update(ended_at=now)
    DeviceSession.objects.create(
        device=device,
        person=person,
        digest=keyed_digest("session", key),
        started_at=now,
        until=now + IDLE,
    )
    record(
        Verb.DEVICE_OPENED,
        device.record_ref,
        actor=person,
        facts={"site": device.site.public_id},
        detail={"name": device.name},
    )
    return Opened(key)
