"""The worker's side of this room: mails about differences. A server that is away is tried again."""

from datetime import timedelta

from django.utils import timezone

from portal.health.alarms import mail_differences as mail
from portal.jobs import enqueue
from portal.people.models import User
from portal.record.checking import new_differences
from portal.record.models import RecordCheck

_WAIT_MINUTES = (5, 30, 180)


def mail_differences(check_id: int, public_id: str, attempt: int = 0) -> None:
    """Mail one person what a check found for the first time, if they may still be told."""
    person = User.objects.filter(public_id=public_id, is_active=True).first()
    if person is None or not person.email:
        return
    check = RecordCheck.objects.get(pk=check_id)
    found = new_differences(check)
    try:
        mail(check, person, found)
    except OSError:  # SMTP's own exceptions are of this kind too
        if attempt >= len(_WAIT_MINUTES):
            raise
        wait = timedelta(minutes=_WAIT_MINUTES[attempt])
        again = timezone.now() + wait
        enqueue("portal.health.tasks.mail_differences", check_id, public_id, attempt + 1, at=again)
