"""Unlock a name on a shared device."""

from django.db import transaction

from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.shared_devices.actions.forgive import forgive
from portal.shared_devices.models import MOST_WRONG, NameLock, SharedDevice
from portal.shared_devices.permissions import user_can_manage_devices_at
from portal.shared_devices.queries import lock_device


@transaction.atomic
def unlock_name(device: SharedDevice, person: User, *, actor: User) -> bool:
    """Let the person try their PIN again; return whether the name was locked.

    A name that was not locked changes nothing and writes nothing.

    Raises:
        NotPermitted: the actor does not manage this site's tablets.
    """
    device = lock_device(device)
    require(user_can_manage_devices_at(actor, device.site))
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    locked = NameLock.objects.filter(device=device, person=person, wrong__gte=MOST_WRONG)
    if not locked.exists():
        return False
    forgive(person)
    record(
        Verb.DEVICE_PIN_UNLOCKED,
        device.record_ref,
        actor=actor,
        facts={"person": person.actor_ref},
        detail={"person": person.actor_label},
    )
    return True
