"""Named selections of shared devices and of the people on them."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.people.models import Membership, Site, User
from portal.people.queries import active_on
from portal.people.roles import Role
from portal.shared_devices.keys import keyed_digest
from portal.shared_devices.limits import LONGEST
from portal.shared_devices.models import MOST_WRONG, DeviceSession, NameLock, SharedDevice


def people_at(site: Site) -> QuerySet[User]:
    """Return the people on a site's tablets, by name: who works there today.

    That is everybody with a role at this very site, and the staff of every site. Whoever leads the
    whole organisation signs in with their own account, so the list stays short.
    """
    here = Q(site=site) | Q(site=None, role=Role.STAFF)
    held = Membership.objects.filter(here, active_on(timezone.localdate()), person=OuterRef("pk"))
    people = User.objects.filter(Exists(held), is_active=True)
    return people.order_by("first_name", "last_name", "pk")


def works_at(person: User, site: Site) -> bool:
    """Tell whether the person is on the site's tablets."""
    return people_at(site).filter(pk=person.pk).exists()


def called(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Keep those of whose names every word is a part."""
    for word in words.split()[:5]:
        people = people.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return people


def running_devices() -> QuerySet[SharedDevice]:
    """Return the devices that may be used at this very moment, newest first."""
    now = timezone.now()
    return SharedDevice.objects.filter(
        ended_at__isnull=True, ends_at__gt=now, site__is_active=True
    ).select_related("site", "started_by")


def device_with(key: str) -> SharedDevice | None:
    """Return the running device that has this key in its cookie."""
    return running_devices().filter(digest=keyed_digest("device", key)).first()


def session_with(device: SharedDevice, key: str) -> DeviceSession | None:
    """Return the session this key opens on this device, if its person may use it now."""
    now = timezone.now()
    return (
        DeviceSession.objects.select_related("person__pin")
        .filter(
            device=device,
            digest=keyed_digest("session", key),
            ended_at__isnull=True,
            until__gt=now,
            started_at__gt=now - LONGEST,
            person__in=people_at(device.site).order_by(),
        )
        .first()
    )


def locked_names(devices: QuerySet[SharedDevice]) -> QuerySet[NameLock]:
    """Return the names that are locked on these devices, by device and name."""
    locked = NameLock.objects.filter(device__in=devices, wrong__gte=MOST_WRONG)
    return locked.select_related("person").order_by("device", "person__first_name", "person")


def lock_device(device: SharedDevice) -> SharedDevice:
    """Return the device, locked: always before the names on it."""
    return (
        SharedDevice.objects.select_for_update(of=("self",))
        .select_related("site")
        .get(pk=device.pk)
    )
