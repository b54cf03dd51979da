"""The mail that brings a reader's question to the owner of a policy."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.jobs import enqueue
from portal.reading.models import PolicyQuestion

_THIS = "portal.reading.question_mail.send_question"
_WAIT_MINUTES = (5, 30, 180)


def send_question(question_id: int, attempt: int = 0) -> None:
    """Mail a question to the policy's owner. Delivered twice, it is sent once.

    A mail server that is away is tried again after a while; the last failure is raised, so that it
    stands among the failed jobs.
    """
    question = PolicyQuestion.objects.select_related("person", "version__page__policy_owner").get(
        pk=question_id
    )
    if question.sent_at is not None:
        return
    try:
        _mail(question).send()
    except OSError:
        if attempt >= len(_WAIT_MINUTES):
            raise
        later = timezone.now() + timedelta(minutes=_WAIT_MINUTES[attempt])
        enqueue(_THIS, question_id, attempt + 1, at=later)
        return
    question.sent_at = timezone.now()
    question.save(update_fields=("sent_at",))


def _mail(question: PolicyQuestion) -> EmailMessage:
    page = question.version.page
    base: str = settings.WAGTAILADMIN_BASE_URL
    context = {
        "question": question,
        "page": page,
        "link": base.rstrip("/") + reverse("reading:policy", args=[page.slug]),
    }
    text = render_to_string("reading/mail/question.txt", context)
    subject, _, body = text.strip().partition("\n")
    asker = [question.person.email] if question.person.email else []
    return EmailMessage(
        " ".join(subject.split()),
        body.strip() + "\n",
        to=[str(page.policy_owner.email)],
        reply_to=asker,
    )
