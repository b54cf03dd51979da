"""Who is told by e-mail that the record is not being sealed, and in which words."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from portal.chrome.words import moment
from portal.health.alarms import watchers
from portal.sealing.models import SealProblem
from portal.sealing.standing import BROKEN_ADVICE, LATE_ADVICE

_SUBJECT = {
    SealProblem.Kind.RECORD: "the seal of the record is broken",
    SealProblem.Kind.SEALER: "the record is not being sealed",
    SealProblem.Kind.LATE: "the record is not being sealed",
}
_WHAT = {
    SealProblem.Kind.RECORD: (
        "The sealer compares the record with what it signed before. On {moment} it found that "
        "they differ: {sentence}.\n\nIt signs nothing until this is put right."
    ),
    SealProblem.Kind.SEALER: "Since {moment} the sealer cannot work. {sentence}",
    SealProblem.Kind.LATE: (
        "On {moment} the portal noticed that {sentence}. Approvals and changes still work, but "
        "until they are sealed nobody outside can see that they were not changed later."
    ),
}


def send(problem: SealProblem) -> int:
    """Send one message to each IG lead and portal administrator of the whole; return how many.

    Raises SMTPException or OSError when the mail server does not take it.
    """
    kind = SealProblem.Kind(problem.kind)
    what = _WHAT[kind].format(moment=moment(problem.found_at), sentence=problem.sentence)
    advice = problem.advice
    if kind is SealProblem.Kind.RECORD:
        advice = BROKEN_ADVICE
    elif kind is SealProblem.Kind.LATE:
        advice = LATE_ADVICE
    link = settings.WAGTAILADMIN_BASE_URL + reverse("sealing:seal")
    body = "\n\n".join(part for part in (what, advice, link) if part) + "\n"
    messages = [
        EmailMessage(
            subject=f"{settings.PORTAL_NAME}: {_SUBJECT[kind]}", body=body, to=[str(person.email)]
        )
        for person in watchers()
    ]
    return int(get_connection().send_messages(messages) or 0) if messages else 0
