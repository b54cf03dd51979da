"""Everybody who may knock at the pages of a shared tablet."""

from datetime import timedelta

from django.utils import timezone

from portal.people.models import Site, User
from portal.shared_devices.actions.end_device import end_device
from portal.shared_devices.actions.start_device import Started, start_device
from portal.shared_devices.keys import keyed_digest
from portal.shared_devices.models import MOST_WRONG, DeviceSession, NameLock, SharedDevice
from portal.shared_devices.views.page import device_cookie, person_cookie
from tests.portal.shared_devices.tablets import carer_at

TABLETS = ("no tablet", "names", "at it", "finished", "ended", "unknown tablet")
"""In the order of the columns of the table."""


def tablet_cookies(site: Site, manager: User) -> dict[str, dict[str, str]]:
    """Start the tablets at a site; return for each visitor what their browser sends."""
    carer = carer_at(site)
    cookies: dict[str, dict[str, str]] = {"no tablet": {}}
    for visitor in TABLETS[1:5]:
        started = _started(site, manager)
        _come(started.device, carer, key=visitor, is_gone=visitor == "finished")
        cookies[visitor] = {device_cookie(): started.key}
        if visitor != "names":
            cookies[visitor][person_cookie()] = visitor
        if visitor == "ended":
            end_device(started.device, actor=manager)
    cookies["unknown tablet"] = {device_cookie(): "A" * 43, person_cookie(): "at it"}
    return cookies


def tablet_with_a_locked_name(site: Site, manager: User, locked: User) -> str:
    """Start a tablet on which one name is locked; return its public id."""
    device = _started(site, manager).device
    NameLock.objects.create(device=device, person=locked, wrong=MOST_WRONG)
    return device.public_id


def _started(site: Site, manager: User) -> Started:
    until = timezone.now() + timedelta(hours=8)
    return start_device(site, "Staff room", until=until, actor=manager)


def _come(device: SharedDevice, carer: User, *, key: str, is_gone: bool) -> None:
    now = timezone.now()
    DeviceSession.objects.create(
        device=device,
        person=carer,
        digest=keyed_digest("session", key),
        until=now + timedelta(hours=1),
        ended_at=now if is_gone else None,
    )
