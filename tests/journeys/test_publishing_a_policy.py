"""A change to a policy: an editor writes it, somebody else approves it, its readers read it."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import Start

TITLE = "Answering for information at your site"
"""A policy that nobody else's journey reads: every one of them shares this portal."""
ADDRESS = "/policies/answering-for-information-at-your-site/"


def test_a_change_is_drafted_approved_and_read(start: Start, width: int) -> None:
    summary = f"What a registered manager checks in {width} steps."
    note = f"Says it in {width} words."
    editor = start("editor")
    editor.page.goto("/admin/policies/to-look-at/")
    editor.look()
    editor.follow(TITLE)
    editor.page.get_by_role("textbox", name="Summary").fill(summary)
    editor.page.get_by_role("textbox", name="What changed").fill(note)
    editor.page.get_by_role("tab", name="Review").click()
    soon = timezone.localdate() + timedelta(days=30)
    editor.page.get_by_role("textbox", name="Review date").fill(soon.isoformat())
    editor.page.keyboard.press("Escape")
    editor.page.get_by_role("button", name="More actions").click()
    editor.page.locator("[name=action-submit]").click()
    editor.is_told("submitted for moderation")

    lead = start("ig_lead")
    lead.page.goto("/admin/")
    lead.follow(TITLE)
    lead.follow("Review this policy")
    lead.reads("What changed since version", note)
    lead.look()
    lead.press("Approve and publish")
    lead.is_told("is published.")

    manager = start("registered_manager")
    manager.page.goto(ADDRESS)
    expect(manager.main.get_by_text(summary)).to_be_visible()
    manager.page.goto(f"{ADDRESS}versions/")
    manager.reads("In force", "Replaced", note)
    manager.look()
    manager.main.get_by_role("link", name="What changed in version").first.click()
    expect(manager.main.locator("ins").first).to_be_visible()
    manager.look()
