"""The demo's policies: written by the editor, approved by the IG lead."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.rich_text import RichText

from home.demo.people import Cast
from portal.policies.actions.decide_on_policy import decide_on_policy
from portal.policies.actions.set_up_policies import set_up_policies
from portal.policies.actions.submit_policy import submit_policy
from portal.policies.models import PolicyPage
from portal.policies.topics import Topic
from portal.record.actors import SETUP

_TEXTS: tuple[tuple[str, Topic, str, list[tuple[str, str]]], ...] = (
    (
        "Keeping people’s information safe",
        Topic.DATA_PROTECTION,
        "What each of us does so that what we know about people stays private.",
        [
            ("Why this matters", "People trust us with what is most private to them. A note left open or a "
             "photo sent to the wrong person cannot be called back."),
            ("What you must do", "Lock the screen when you walk away. Keep papers in the locked office. "
             "Talk about people only with those who care for them."),
            ("When something goes wrong", "Tell the person in charge on the same shift, whatever happened. "
             "Nobody is blamed for saying so."),
        ],
    ),
    (
        "Using your own phone at work",
        Topic.DEVICES,
        "When a phone of your own may be used here, and when it stays in your locker.",
        [
            ("Your phone stays in your locker", "During care your own phone stays in your locker. Use the "
             "phone of the house."),
            ("Photos", "Never take a photo of a person or of a care note with your own phone."),
        ],
    ),
    (
        "What to do when something goes wrong",
        Topic.INCIDENTS,
        "How to tell about a mistake or a loss, and what happens then.",
        [
            ("Tell somebody now", "Tell the person in charge. Write down what happened, when, and whose "
             "information it was about."),
            ("What we do then", "The IG lead decides within 72 hours whether it must be reported, and "
             "tells the people it is about."),
        ],
    ),
)


def make_policies(cast: Cast) -> list[PolicyPage]:
    """Write and publish the demo's policies."""
    index = set_up_policies(actor=SETUP)
    made = []
    for title, topic, summary, sections in _TEXTS:
        body: list[tuple[str, Any]] = []
        for heading, text in sections:
            body += [("heading", heading), ("paragraph", RichText(f"<p>{text}</p>"))]
        page = PolicyPage(
            title=title,
            topic=topic,
            summary=summary,
            policy_owner=cast["registered_manager"],
            review_date=timezone.localdate() + timedelta(days=365),
            body=body,
            live=False,
            owner=cast["editor"],
        )
        index.add_child(instance=page)
        made.append(_publish(page, cast))
    return made


def _publish(page: PolicyPage, cast: Cast) -> PolicyPage:
    revision = page.save_revision(user=cast["editor"])
    state = submit_policy(page, actor=cast["editor"])
    task = state.current_task_state
    decide_on_policy(task, actor=cast["ig_lead"], approve=True, revision_seen=revision.pk)
    page.refresh_from_db()
    return page
