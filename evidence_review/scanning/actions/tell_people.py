"""Send one notice to those who must know."""

from datetime import timedelta
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone

from evidence_review.scanning.actions.act_on_infection import TELL_TASK
from evidence_review.scanning.models import Notice
from evidence_review.scanning.notices import send
from portal.jobs import enqueue

_LEASE = timedelta(minutes=6)
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=6)


def tell_people(notice_id: int) -> bool:
    """Send a notice unless it is sent, or being sent; tell whether it went out now.

    Where the mail server does not take it, it is tried again, with longer and longer pauses.
    """
    notice = _claim(notice_id)
    if notice is None:
        return False
    try:
        send(notice)
    except (SMTPException, OSError):
        _try_again(notice)
        return False
    Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now(), claimed_until=None)
    return True


def _claim(notice_id: int) -> Notice | None:
    now = timezone.now()
    with transaction.atomic():
        notice = (
            Notice.objects.select_for_update(of=("self",))
            .select_related("version__evidence__site", "version__uploaded_by")
            .filter(pk=notice_id, sent_at=None)
            .first()
        )
        if notice is None or (notice.claimed_until and notice.claimed_until > now):
            return None
        notice.attempts += 1
        notice.claimed_until = now + _LEASE
        notice.save(update_fields=("attempts", "claimed_until"))
        return notice


def _try_again(notice: Notice) -> None:
    pause = min(_FIRST_PAUSE * 2 ** min(notice.attempts, 10), _LONGEST_PAUSE)
    when = timezone.now() + pause
    with transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(claimed_until=when)
        enqueue(TELL_TASK, notice.pk, at=when)
