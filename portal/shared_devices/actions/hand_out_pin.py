"""Give somebody a new PIN for their first use."""

from django.db import transaction
from django.utils import timezone

from portal.people.answers import require
from portal.people.models import Site, User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.shared_devices.actions.forgive import forgive, leave_devices
from portal.shared_devices.models import Pin
from portal.shared_devices.permissions import user_can_hand_out_pin
from portal.shared_devices.pins import encoded, random_pin


def hand_out_pin(person: User, site: Site, *, actor: User) -> str:
    """Replace the person's PIN by a random one and return it: it is shown once and not kept.

    It opens nothing but the page where the person chooses their own, and lapses after three days.

    Raises:
        NotPermitted: the actor does not manage the site, or the person does not work there.
    """
    require(user_can_hand_out_pin(actor, person, site))
    pin = random_pin()
    _keep(encoded(person, pin), person, site, actor)
    return pin


@transaction.atomic
def _keep(value: str, person: User, site: Site, actor: User) -> None:
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    require(user_can_hand_out_pin(actor, person, site))
    Pin.objects.update_or_create(
        person=person,
        defaults={
            "encoded": value,
            "must_change": True,
            "set_at": timezone.now(),
            "set_by": actor,
        },
    )
    forgive(person)
    leave_devices(person)
    record(
        Verb.PIN_RESET,
        person.record_ref,
        actor=actor,
        facts={"site": site.public_id},
        detail={"person": person.actor_label},
    )
