"""Turn a browser into a shared tablet."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.people.answers import require
from portal.people.models import Site, User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.shared_devices.keys import keyed_digest, new_key
from portal.shared_devices.limits import LONGEST_DEVICE
from portal.shared_devices.models import SharedDevice
from portal.shared_devices.permissions import user_can_start_device


@dataclass(frozen=True)
class Started:
    """A device that runs. ``key`` goes into its cookie and is kept nowhere else."""

    device: SharedDevice
    key: str


@transaction.atomic
def start_device(site: Site, name: str, *, until: datetime, actor: User) -> Started:
    """Start shared mode at a site until a moment, 90 days from now at the latest.

    Raises:
        NotPermitted: the actor does not manage this site's tablets, or the site is closed.
    """
    site = Site.objects.select_for_update().get(pk=site.pk)
    require(user_can_start_device(actor, site))
    now, key = timezone.now(), new_key()
    device = SharedDevice.objects.create(
        site=site,
        name=name,
        digest=keyed_digest("device", key),
        started_by=actor,
        started_at=now,
        seen_at=now,
        ends_at=min(until, now + LONGEST_DEVICE),
    )
    record(
        Verb.DEVICE_STARTED,
        device.record_ref,
        actor=actor,
        facts={"site": site.public_id},
        detail={"name": name, "site": site.name},
    )
    return Started(device, key)
