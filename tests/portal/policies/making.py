"""Policies for tests, made the way people make them: drafted, submitted, approved."""

from datetime import date
from typing import Any

from wagtail.models import Page, Revision, TaskState

from portal.people.models import User
from portal.policies.actions.decide_on_policy import decide_on_policy
from portal.policies.actions.set_up_policies import set_up_policies
from portal.policies.actions.submit_policy import submit_policy
from portal.policies.models import PolicyIndexPage, PolicyPage, PolicyVersion
from portal.policies.topics import Topic
from portal.record.actors import SETUP
from tests.factories import PersonFactory

BODY: list[tuple[str, Any]] = [
    ("heading", "Why this matters"),
    ("paragraph", "<p>People trust us with very <b>private</b> things.</p>"),
    ("heading", "What you must do"),
    ("points", ["Lock the tablet when you put it down.", "Check who is asking."]),
    (
        "callout",
        {"heading": "Straight away", "text": "<p>Tell your manager on the same shift.</p>"},
    ),
]
QUIZ: list[tuple[str, Any]] = [
    (
        "question",
        {
            "question": "Whom do you tell about a mistake?",
            "answers": [
                {"text": "Nobody", "is_right": False},
                {"text": "Your manager, on the same shift", "is_right": True},
            ],
            "why": "We may have only 72 hours to report it.",
        },
    ),
    (
        "question",
        {
            "question": "When do you lock the tablet?",
            "answers": [
                {"text": "Whenever you put it down", "is_right": True},
                {"text": "At the end of the shift", "is_right": False},
            ],
            "why": "A minute is enough to read what is on it.",
        },
    ),
]


def policies_page() -> PolicyIndexPage:
    """Return the policies page, set up if it is not there."""
    return set_up_policies(actor=SETUP)


def draft(
    title: str = "Keeping information safe",
    *,
    author: User,
    owner: User | None = None,
    **fields: Any,
) -> PolicyPage:
    """Return a policy with one draft by ``author``."""
    values: dict[str, Any] = {
        "topic": Topic.SECURITY,
        "summary": "How we look after what we know about people.",
        "review_date": date(2027, 11, 2),
        "body": BODY,
    }
    page = PolicyPage(
        title=title, policy_owner=owner or PersonFactory.create(), live=False, **(values | fields)
    )
    policies_page().add_child(instance=page)
    save_draft(page, author=author)
    return page


def save_draft(page: PolicyPage, *, author: User) -> Revision:
    """Keep what the page holds now as a draft by ``author``."""
    return page.save_revision(user=author)


def submit(page: PolicyPage, *, by: User) -> TaskState:
    """Send the latest draft for approval; return what waits."""
    waiting = submit_policy(page, actor=by).current_task_state
    assert waiting is not None
    return waiting


def approve(waiting: TaskState, *, by: User) -> None:
    """Approve what waits, having seen exactly that."""
    decide_on_policy(waiting, actor=by, approve=True, revision_seen=waiting.revision_id)


def published(title: str, *, author: User, approver: User, **fields: Any) -> PolicyPage:
    """Return a policy that was drafted, submitted and approved."""
    page = draft(title, author=author, **fields)
    approve(submit(page, by=author), by=approver)
    live: PolicyPage = PolicyPage.objects.get(pk=page.pk)
    return live


def published_again(page: PolicyPage, *, author: User, approver: User, **fields: Any) -> PolicyPage:
    """Return a published policy with a further version, in which ``fields`` changed."""
    latest: PolicyPage = page.get_latest_revision_as_object()
    for name, value in ({"change_note": "Said more clearly."} | fields).items():
        setattr(latest, name, value)
    save_draft(latest, author=author)
    approve(submit(latest, by=author), by=approver)
    live: PolicyPage = PolicyPage.objects.get(pk=page.pk)
    return live


def anything_new_is_live(page: Page) -> bool:
    """Tell whether anything is published where nothing should be."""
    return bool(
        PolicyPage.objects.exclude(pk=page.pk).live().exists()
        or PolicyPage.objects.get(pk=page.pk).live
        or PolicyVersion.objects.exists()
    )
