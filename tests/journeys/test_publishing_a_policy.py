"""A change to a policy: an editor writes it, somebody else approves it, a carer reads it."""

from playwright.sync_api import expect

from tests.journeys.conftest import Start

TITLE = "Using your own phone at work"


def test_a_change_is_drafted_approved_and_read(start: Start, width: int) -> None:
    summary = f"When a phone of your own may be used here: {width}."
    note = f"Says it in {width} words."
    editor = start("editor")
    editor.page.goto("/admin/policies/to-look-at/")
    editor.look()
    editor.follow(TITLE)
    editor.page.get_by_role("textbox", name="Summary").fill(summary)
    editor.page.get_by_role("textbox", name="What changed").fill(note)
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

    carer = start("staff")
    carer.page.goto("/policies/using-your-own-phone-at-work/")
    expect(carer.main.get_by_text(summary)).to_be_visible()
    carer.page.goto("/policies/using-your-own-phone-at-work/versions/")
    carer.reads("In force", "Replaced", note)
    carer.look()
    carer.main.get_by_role("link", name="What changed in version").first.click()
    expect(carer.main.locator("ins").first).to_be_visible()
    carer.look()
