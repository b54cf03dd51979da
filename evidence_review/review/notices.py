"""Who is told what about reviews, by e-mail: plain text, plain words, one link."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review.models import Decision, NoticeSent
from portal.chrome.words import day, in_words
from portal.people.models import User

_LISTED = 5
_WHAT_NOW = {
    Decision.Outcome.APPROVE: "It is now kept as evidence. You have nothing more to do.",
    Decision.Outcome.RETURN: "Put it right, then upload a new version here:",
    Decision.Outcome.REFUSE: "It is kept in the history and not used. You can read more here:",
}
_DID = {
    Decision.Outcome.APPROVE: "approved",
    Decision.Outcome.RETURN: "returned to you",
    Decision.Outcome.REFUSE: "refused",
}


@contextmanager
def once(key: str) -> Iterator[bool]:
    """Claim one e-mail: gives True to the first who asks for this key, False to all others.

    The claim is let go when the block raises: what was not sent may be tried again.
    """
    claim, is_mine = NoticeSent.objects.get_or_create(key=key)
    done = False
    try:
        yield is_mine
        done = True
    finally:
        if is_mine and not done:
            claim.delete()


def last_told(person: User) -> datetime | None:
    """Return when the person was last told that something waits."""
    told = NoticeSent.objects.filter(key__startswith=f"waiting:{person.pk}:")
    return told.order_by("-at").values_list("at", flat=True).first()


def tell_uploader(decision: Decision) -> None:
    """Tell the person who uploaded a version what was decided about it, and why."""
    version, outcome = decision.version, Decision.Outcome(decision.outcome)
    title, did = version.evidence.title, _DID[outcome]
    lines = [
        f"Version {version.number} of “{title}” was {did} by {decision.decider.actor_label}.",
        *_quoted(decision.reason),
        _WHAT_NOW[outcome],
        _link("evidence:detail", version.evidence.public_id),
    ]
    with once(f"decision:{decision.pk}") as mine:
        if mine:
            subject = f"{did.capitalize()}: {title}, version {version.number}"
            _send(version.uploaded_by, subject, lines)


def tell_reviewer(person: User, version: EvidenceVersion, *, waiting: int, hour: str) -> None:
    """Tell a reviewer that a file waits; one e-mail an hour at most, however many files come."""
    title = version.evidence.title
    lines = [
        f"“{title}”, version {version.number}, waits for your review.",
        f"It was uploaded by {version.uploaded_by.actor_label}.",
        f"In all, {in_words(waiting, 'file waits,files wait')} for you.",
        _link("review:decide", version.public_id),
    ]
    with once(f"waiting:{person.pk}:{hour}") as mine:
        if mine:
            _send(person, f"Waiting for your review: {title}", lines)


def remind_reviewer(person: User, stale: Sequence[EvidenceVersion], *, today: str) -> None:
    """Remind a reviewer, once a day, of what has waited too long; ``stale`` oldest first."""
    count = in_words(len(stale), "file has,files have")
    lines = [
        f"{count} waited more than 5 working days for your review.",
        "The people who uploaded them are waiting to hear from you. The oldest:",
        "\n".join(_listed(version) for version in stale[:_LISTED]),
        _link("review:queue"),
    ]
    with once(f"stale:{person.pk}:{today}") as mine:
        if mine:
            _send(person, "Files are waiting for your review", lines)


def _listed(version: EvidenceVersion) -> str:
    since = day(version.state_since)
    return f"- {version.evidence.title}, version {version.number}, since {since}"


def _quoted(reason: str) -> list[str]:
    if not reason:
        return []
    return ["They wrote:\n" + "\n".join(f"    {line}" for line in reason.splitlines())]


def _link(name: str, *args: str) -> str:
    base: str = settings.WAGTAILADMIN_BASE_URL
    return base.rstrip("/") + reverse(name, args=args)


def _send(person: User, subject: str, lines: Sequence[str]) -> None:
    """Send one e-mail, to a person who can get one."""
    if not (person.is_active and person.email):
        return
    greeting = f"Hello {person.first_name or person},"
    one_line = " ".join(subject.split())
    send_mail(one_line, "\n\n".join([greeting, *lines]) + "\n", None, [person.email])
