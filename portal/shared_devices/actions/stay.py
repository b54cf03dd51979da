"""Keep somebody on a shared device for a while longer, or have it forget them.

Neither leaves an event: who opened the device, and what they confirmed there, stand in the record.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.shared_devices.limits import LONGEST, NOTED_EVERY
from portal.shared_devices.models import DeviceSession, SharedDevice


def stay(session: DeviceSession, allowance: timedelta) -> datetime:
    """Let the session last so long from now, never past its end; return until when.

    One that was ended meanwhile stays ended.
    """
    now = timezone.now()
    until = min(now + allowance, session.started_at + LONGEST)
    DeviceSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(until=until)
    return until


def forget(session: DeviceSession) -> None:
    """End the session."""
    running = DeviceSession.objects.filter(pk=session.pk, ended_at__isnull=True)
    running.update(ended_at=timezone.now())


def note_use(device: SharedDevice) -> None:
    """Note that somebody uses the device, a minute apart at most."""
    now = timezone.now()
    if now - device.seen_at >= NOTED_EVERY:
        SharedDevice.objects.filter(pk=device.pk).update(seen_at=now)
