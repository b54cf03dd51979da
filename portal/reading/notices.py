"""What people are told about policies, by e-mail: plain text, plain words, one link."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from portal.chrome.words import day
from portal.policies.models import PolicyPage
from portal.reading.counting import confirmations_in_force, is_counted
from portal.reading.models import Nudge


def send_nudge(nudge: Nudge) -> bool:
    """Send one reminder, unless it was sent or is not needed any more; tell whether it was sent.

    The row is claimed before and let go when sending fails, so that two workers send it once.

    Raises:
        OSError: the mail server is away.
    """
    if not Nudge.objects.filter(pk=nudge.pk, sent_at=None).update(sent_at=timezone.now()):
        return False
    if not _is_needed(nudge):
        return False
    done = False
    try:
        _send(nudge)
        done = True
    finally:
        if not done:
            Nudge.objects.filter(pk=nudge.pk).update(sent_at=None)
    return True


def _is_needed(nudge: Nudge) -> bool:
    page, person = nudge.page, nudge.person
    if not (person.is_active and person.email and is_counted(page)):
        return False
    return not confirmations_in_force(page).filter(person=person).exists()


def _send(nudge: Nudge) -> None:
    page, person = nudge.page, nudge.person
    lines = [
        f"Hello {person.first_name or person},",
        f"Please read “{page.title}” and confirm that you have read it{_by_when(page)}.",
        "It takes a few minutes. You find it here:",
        settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("reading:policy", args=(page.slug,)),
        f"{nudge.by.actor_label} asks you to do this.",
    ]
    subject = " ".join(f"Please read and confirm: {page.title}".split())
    send_mail(subject, "\n\n".join(lines) + "\n", None, [str(person.email)])


def _by_when(page: PolicyPage) -> str:
    last_day = page.in_force.version.confirm_by
    if last_day is None:
        return ""
    if last_day < timezone.localdate():
        return f"; the day was {day(last_day)}"
    return f" by {day(last_day)}"
