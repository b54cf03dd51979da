"""E-mail to a person: the checkpoint as text and as a file, and what to do with it."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from portal.anchors.models import AnchorKind, AnchorRecipient
from portal.anchors.places.place import NotKept, Place, file_name
from portal.people.queries import organisation_name
from portal.sealing.models import Seal

_PATIENCE_SECONDS = 30


def mail_place(recipient: AnchorRecipient) -> Place:
    """Return a person's mailbox as a place."""

    def keep(seal: Seal) -> bytes | None:
        before = recipient.mailed_id
        if not _claim(recipient, seal):
            return None
        try:
            _message(recipient, seal).send()
        except (OSError, SMTPException, ValueError) as error:
            AnchorRecipient.objects.filter(pk=recipient.pk).update(mailed=before)
            raise NotKept(
                "The mail server did not take the e-mail. Look at the address and at EMAIL_URL."
            ) from error
        return b""

    return Place(AnchorKind.MAIL, recipient.public_id, recipient.name, recipient.is_outside, keep)


def _claim(recipient: AnchorRecipient, seal: Seal) -> bool:
    """Take up the mailing of a seal; False when it was taken up before, or the person is ended."""
    waiting = AnchorRecipient.objects.filter(
        Q(mailed=None) | ~Q(mailed=seal), pk=recipient.pk, ended_at=None
    )
    return bool(waiting.update(mailed=seal))


def check_address() -> str:
    """Return the whole address of the page on which anybody may check a checkpoint."""
    base: str = settings.WAGTAILADMIN_BASE_URL
    return base.rstrip("/") + reverse("record_check:check")


def _message(recipient: AnchorRecipient, seal: Seal) -> EmailMessage:
    provider = organisation_name() or settings.PORTAL_NAME
    context = {
        "recipient": recipient,
        "seal": seal,
        "provider": provider,
        "check": check_address(),
    }
    message = EmailMessage(
        f"Please keep: the seal of {provider}'s record, {seal.size:,} events",
        render_to_string("anchors/mail/checkpoint.txt", context),
        to=[recipient.email],
        connection=get_connection(timeout=_PATIENCE_SECONDS),
    )
    # Not as text: on its way a mail server may write the line ends of text another way.
    message.attach(f"{file_name(seal)}.txt", seal.note.encode(), "application/octet-stream")
    return message
