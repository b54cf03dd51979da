"""Clear what was counted against a name. Part of the actions that unlock it."""

from django.utils import timezone

from portal.people.models import User
from portal.shared_devices.models import DeviceSession, NameLock, WrongPin


def forgive(person: User) -> None:
    """Let the person try again on every device, and forget today's wrong tries for their name.

    What they count for the device remains, so that guessing from name to name still stops.
    """
    NameLock.objects.filter(person=person).update(wrong=0, locked_at=None)
    WrongPin.objects.filter(person=person, forgiven=False).update(forgiven=True)


def leave_devices(person: User, *, but: DeviceSession | None = None) -> None:
    """End the person's sessions on every device, save one."""
    running = DeviceSession.objects.filter(person=person, ended_at__isnull=True)
    if but is not None:
        running = running.exclude(pk=but.pk)
    running.update(ended_at=timezone.now())
