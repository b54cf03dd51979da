"""The worker's side of this room: tidying, and mails. A mail server that is away is tried again."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.utils import timezone

from portal.accounts import mailing
from portal.accounts.actions.keep_sheet import forget_old_sheets
from portal.jobs import enqueue
from portal.people.models import User

_WAIT_MINUTES = (5, 30, 180)


def mail_password_link(public_id: str, attempt: int = 0) -> None:
    """Mail a person the link to choose a password, if they may still have one."""
    person = User.objects.filter(public_id=public_id, is_active=True).first()
    if person is None or not person.email:
        return
    _try(
        partial(mailing.send_password_link, person, person.email),
        "portal.accounts.tasks.mail_password_link",
        public_id,
        attempt=attempt,
    )


def mail_password_links(*public_ids: str) -> None:
    """Mail many people their link, each in a job of its own: one that fails is tried alone."""
    for public_id in public_ids:
        enqueue("portal.accounts.tasks.mail_password_link", public_id)


def tell_old_address(history_id: int, attempt: int = 0) -> None:
    """Tell the address that a person had, as their history knows it, that it was changed."""
    then = User.history.get(pk=history_id)
    _try(
        partial(mailing.tell_old_address, then.first_name, then.email),
        "portal.accounts.tasks.tell_old_address",
        history_id,
        attempt=attempt,
    )


def forget_sheets() -> None:
    """Throw away spreadsheets that were uploaded and not imported within the hour."""
    forget_old_sheets()


def _try(send: Callable[[], None], task: str, row: int | str, *, attempt: int) -> None:
    """Send; plan the next attempt when it fails, and let the last failure show as a failed job."""
    try:
        send()
    except OSError:  # SMTP's own exceptions are of this kind too
        if attempt >= len(_WAIT_MINUTES):
            raise
        wait = timedelta(minutes=_WAIT_MINUTES[attempt])
        enqueue(task, row, attempt + 1, at=timezone.now() + wait)
