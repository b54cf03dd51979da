"""Who is told what about policies that wait, by e-mail: plain text, plain words, one link."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from wagtail.models import TaskState

from portal.chrome.words import day, moment
from portal.people.models import User
from portal.policies.models import PolicyPage


def tell_decider(state: TaskState, person: User) -> None:
    """Tell somebody that a policy waits for them, or for another who may decide."""
    submitter = state.workflow_state.requested_by
    page = _page_of(state)
    lines = [
        f"“{page.title}” waits for approval. You, or anybody else who may, can decide on it.",
        f"It was submitted by {submitter.actor_label}." if submitter else "",
        f"What changed: {page.change_note}" if page.change_note else "",
        _link("policies_review", state.pk),
    ]
    _send(person, f"Waiting for approval: {page.title}", lines)


def tell_of_return(state: TaskState, person: User) -> None:
    """Tell whoever submitted a policy that it came back, and why."""
    page = _page_of(state)
    reasons = "\n".join(f"    {line}" for line in state.comment.splitlines())
    lines = [
        f"“{page.title}” was returned to you by {state.finished_by.actor_label}.",
        f"They wrote:\n{reasons}" if reasons else "",
        "Put it right and submit it again here:",
        _link("wagtailadmin_pages:edit", page.pk),
    ]
    _send(person, f"Returned to you: {page.title}", lines)


def tell_of_approval(state: TaskState, person: User) -> None:
    """Tell whoever submitted a policy that it is published, or when it will be."""
    page = _page_of(state)
    planned = state.revision.approved_go_live_at
    when = f"It will be published on {day(planned)}." if planned else "It is published."
    lines = [
        (
            f"“{page.title}” was approved by {state.finished_by.actor_label} on "
            f"{moment(state.finished_at)}."
        ),
        when,
        _link("wagtailadmin_pages:edit", page.pk),
    ]
    _send(person, f"Approved: {page.title}", lines)


def _page_of(state: TaskState) -> PolicyPage:
    """Return the policy as it was submitted."""
    page: PolicyPage = state.revision.as_object()
    return page


def _link(name: str, *args: int) -> str:
    base: str = settings.WAGTAILADMIN_BASE_URL
    return base.rstrip("/") + reverse(name, args=args)


def _send(person: User, subject: str, lines: Sequence[str]) -> None:
    """Send one e-mail, to a person who can get one."""
    if not (person.is_active and person.email):
        return
    said = [f"Hello {person.first_name or person},", *filter(None, lines)]
    send_mail(" ".join(subject.split()), "\n\n".join(said) + "\n", None, [person.email])
