"""Who may start and end shared devices, unlock names and hand out PINs."""

from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import Site, User
from portal.people.queries import roles_anywhere, roles_at
from portal.people.roles import Role
from portal.shared_devices.models import SharedDevice
from portal.shared_devices.queries import works_at

DEVICE_MANAGERS = frozenset({Role.REGISTERED_MANAGER, Role.IG_LEAD})
"""Answer for what happens at a site, and are there to hand a PIN over in person."""


def user_can_manage_devices(person: User) -> Answer:
    """Whether the person manages shared tablets at some site."""
    if person.is_active and roles_anywhere(person) & DEVICE_MANAGERS:
        return Allowed()
    return Denied("Only registered managers and IG leads manage shared tablets.")


def user_can_manage_devices_at(person: User, site: Site) -> Answer:
    """Whether the person manages the shared tablets of one site."""
    answer = user_can_manage_devices(person)
    if isinstance(answer, Denied):
        return answer
    if roles_at(person, site) & DEVICE_MANAGERS:
        return Allowed()
    return Denied(f"Only a registered manager or IG lead of {site} manages its shared tablets.")


def user_can_start_device(person: User, site: Site) -> Answer:
    """Whether the person may turn a browser into a shared tablet of the site."""
    if not site.is_active:
        return Denied(f"{site} is closed.")
    return user_can_manage_devices_at(person, site)


def user_can_hand_out_pin(actor: User, person: User, site: Site) -> Answer:
    """Whether the actor may give this person a new PIN, as their manager at the site."""
    if actor.pk == person.pk:
        return Denied("Choose your own PIN on your account page.")
    if not works_at(person, site):
        return Denied(f"{person} does not work at {site} today.")
    return user_can_start_device(actor, site)


def person_can_use(device: SharedDevice, person: User) -> Answer:
    """Whether the device runs and the person works at its site, both at this very moment."""
    if not device.is_running():
        return Denied("This tablet is not in shared mode any more.")
    if not works_at(person, device.site):
        return Denied("This name is not on this tablet any more.")
    return Allowed()
