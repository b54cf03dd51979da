"""Forget who used a shared device long ago."""

from django.db import transaction
from django.utils import timezone

from portal.shared_devices.limits import REMEMBERED
from portal.shared_devices.models import DeviceSession, WrongPin


@transaction.atomic
def forget_old() -> int:
    """Delete sessions and wrong tries that no rule asks for any more; return how many."""
    before = timezone.now() - REMEMBERED
    sessions, _ = DeviceSession.objects.filter(started_at__lt=before).delete()
    tries, _ = WrongPin.objects.filter(at__lt=before).delete()
    return sessions + tries
