"""The demo's policies: written by the editor, approved by the IG lead."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone
from wagtail.rich_text import RichText

from home.demo.people import Cast
from portal.policies.actions.decide_on_policy import decide_on_policy
from portal.policies.actions.set_up_policies import set_up_policies
from portal.policies.actions.submit_policy import submit_policy
from portal.policies.models import PolicyPage
from portal.record.actors import SETUP


def make_policies(cast: Cast) -> list[PolicyPage]:
    """Write and publish the demo's policies."""
    index = set_up_policies(actor=SETUP)
    made = []
    plans = yaml.safe_load((Path(__file__).parent / "policies.yaml").read_text())
    for plan in plans:
        body: list[tuple[str, Any]] = []
        for section in plan["sections"]:
            text = RichText(f"<p>{section['text']}</p>")
            body += [("heading", section["heading"]), ("paragraph", text)]
        page = PolicyPage(
            title=plan["title"],
            topic=plan["topic"],
            summary=plan["summary"],
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
