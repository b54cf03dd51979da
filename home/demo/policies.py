"""The demo's policies: written by the editor, approved by the IG lead, some changed later."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from home.demo.people import Cast
from home.demo.reading import read_when_new
from portal.policies.actions.decide_on_policy import decide_on_policy
from portal.policies.actions.set_up_policies import set_up_policies
from portal.policies.actions.submit_policy import submit_policy
from portal.policies.models import PolicyPage
from portal.record.actors import SETUP

_SAID = ("title", "topic", "summary", "change", "change_note", "for_roles", "asks_to_confirm")
_REVIEW_IN_DAYS = 365


def make_policies(cast: Cast) -> list[PolicyPage]:
    """Write and publish the demo's policies, each with its later versions."""
    index = set_up_policies(actor=SETUP)
    plans = yaml.safe_load((Path(__file__).parent / "policies.yaml").read_text())
    return [_make(plan, index, cast) for plan in plans]


def _make(plan: Mapping[str, Any], index: Page, cast: Cast) -> PolicyPage:
    page = PolicyPage(
        policy_owner=cast["registered_manager"], live=False, owner=cast["editor"], **_fields(plan)
    )
    index.add_child(instance=page)
    _publish(page, cast)
    read_when_new(page, cast)
    for later in plan.get("later", ()):
        newest = page.get_latest_revision_as_object()
        for name, value in _fields(plan | later).items():
            setattr(newest, name, value)
        _publish(newest, cast)
    page.refresh_from_db()
    return page


def _fields(plan: Mapping[str, Any]) -> dict[str, Any]:
    days = plan.get("review_in_days", _REVIEW_IN_DAYS)
    values = {name: plan[name] for name in _SAID if name in plan}
    values["review_date"] = timezone.localdate() + timedelta(days=days)
    values["body"] = [block for section in plan["sections"] for block in _blocks(section)]
    return values


def _blocks(section: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the blocks of one section, in the order in which it names them."""
    blocks: list[tuple[str, Any]] = []
    for kind, value in section.items():
        if kind == "text":
            blocks.append(("paragraph", RichText(f"<p>{value}</p>")))
        elif kind == "table":
            blocks.append(("table", _table(value)))
        else:
            blocks.append((kind, value))
    return blocks


def _table(plan: Mapping[str, Any]) -> Any:
    """Return a table of a caption, the headings of its columns, and rows of words."""
    block = PolicyPage._meta.get_field("body").stream_block.child_blocks["table"]
    return block.to_python(
        {
            "caption": plan["caption"],
            "columns": [{"type": "text", "heading": heading} for heading in plan["columns"]],
            "rows": [{"values": row} for row in plan["rows"]],
        }
    )


def _publish(page: PolicyPage, cast: Cast) -> None:
    revision = page.save_revision(user=cast["editor"])
    state = submit_policy(page, actor=cast["editor"])
    task = state.current_task_state
    decide_on_policy(task, actor=cast["ig_lead"], approve=True, revision_seen=revision.pk)
