"""What somebody outside gets by e-mail, over a real connection."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from portal.anchors.models import Anchor, AnchorProblem, AnchorRecipient
from portal.anchors.tasks import anchor
from portal.sealing.models import Seal

pytestmark = pytest.mark.django_db


class Mailbox:
    """A mail server that keeps what it is given, or refuses it."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(  # noqa: N802 - the server's own name for it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take one e-mail."""
        assert isinstance(envelope.content, bytes)
        if self.answer.startswith("250"):
            self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """Start a mail server on this machine and send the portal's mail there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    controller.stop()


def said_in(message: EmailMessage) -> str:
    """Return the text of an e-mail."""
    body = message.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text.replace("\r\n", "\n")


def test_the_mail_holds_the_checkpoint_twice_and_says_to_keep_it(
    seal: Seal, trustee: AnchorRecipient, mailbox: Mailbox
) -> None:
    anchor("mail", trustee.public_id)

    (message,) = mailbox.got
    (attached,) = message.iter_attachments()
    text = said_in(message)
    assert message["To"] == "ada@trust.example"
    assert "Hello Ada Finch (demo)" in text
    assert "Please keep this e-mail. You do not have to do anything else." in text
    assert seal.note in text
    assert " ".join(seal.key.fingerprint[at : at + 8] for at in range(0, 64, 8)) in text
    assert "/record/check/" in text
    assert str(attached.get_filename()).endswith(f"-{seal.size}.txt")
    assert attached.get_content() == seal.note.encode()


def test_a_mail_that_is_refused_is_a_problem_and_sent_when_the_server_takes_it(
    seal: Seal, trustee: AnchorRecipient, mailbox: Mailbox
) -> None:
    mailbox.answer = "550 No such person ada@trust.example"
    anchor("mail", trustee.public_id)

    sentence = AnchorProblem.objects.get().sentence
    assert "did not take the e-mail" in sentence
    assert "ada@" not in sentence

    mailbox.answer = "250 OK"
    anchor("mail", trustee.public_id)

    assert len(mailbox.got) == Anchor.objects.count() == 1


@pytest.mark.parametrize("name", ["Ada Łukasz-O'Neil <b>", "Zoë & “Co”", "林 (demo)"])
def test_any_name_can_be_greeted(
    seal: Seal, trustee: AnchorRecipient, mailbox: Mailbox, name: str
) -> None:
    AnchorRecipient.objects.filter(pk=trustee.pk).update(name=name)

    anchor("mail", trustee.public_id)

    assert f"Hello {name}," in said_in(mailbox.got[0])
