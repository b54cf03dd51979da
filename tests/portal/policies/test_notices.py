"""Who is told by e-mail that a policy waits, came back or was published, and in which words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.people.models import User
from portal.policies.actions.decide_on_policy import decide_on_policy
from tests.factories import PersonFactory
from tests.portal.policies.making import approve, draft, submit

pytestmark = pytest.mark.django_db

RunJobs = Callable[[], list[str]]


def told() -> dict[str, str]:
    """Return the subject of each e-mail by who got it, and forget them."""
    sent = {message.to[0]: str(message.subject) for message in mail.outbox}
    mail.outbox.clear()
    return sent


def test_those_who_may_decide_are_told_and_nobody_else(
    run_jobs: RunJobs, editor: User, other_editor: User, ig_lead: User, staff: User
) -> None:
    PersonFactory.create(is_superuser=True)
    waiting = submit(draft("Phones", author=editor), by=editor)
    assert told() == {}

    run_jobs()

    words = mail.outbox[0].body
    assert f"/admin/policies/review/{waiting.pk}/" in words
    assert editor.actor_label in words
    assert told() == dict.fromkeys(
        (other_editor.email, ig_lead.email), "Waiting for approval: Phones"
    )


def test_nobody_is_told_of_what_waits_no_more(
    run_jobs: RunJobs, editor: User, other_editor: User
) -> None:
    waiting = submit(draft("Phones", author=editor), by=editor)
    waiting.workflow_state.cancel(user=editor)

    run_jobs()

    assert told() == {}


def test_a_return_reaches_the_submitter_with_the_reasons(
    run_jobs: RunJobs, editor: User, other_editor: User
) -> None:
    waiting = submit(draft("Phones\r\nBcc: all@x", author=editor), by=editor)
    decide_on_policy(
        waiting,
        actor=other_editor,
        approve=False,
        revision_seen=waiting.revision_id,
        reason="Too long.\nShorter, please.",
    )

    run_jobs()

    assert "    Too long.\n    Shorter, please." in mail.outbox[-1].body
    assert told() == {editor.email: "Returned to you: Phones Bcc: all@x"}


def test_an_approval_reaches_the_submitter(
    run_jobs: RunJobs, editor: User, other_editor: User
) -> None:
    approve(submit(draft("Phones", author=editor), by=editor), by=other_editor)
    later = timezone.now() + timedelta(days=3)
    planned = draft("Keys", author=editor, go_live_at=later)
    approve(submit(planned, by=editor), by=other_editor)

    run_jobs()

    bodies = {message.subject: message.body for message in mail.outbox}
    assert "It is published." in bodies["Approved: Phones"]
    assert "It will be published on" in bodies["Approved: Keys"]
    assert {message.to[0] for message in mail.outbox} == {editor.email}
