"""Staff read and find policies; what an editor writes goes to somebody else, and only there."""

import re

from playwright.sync_api import Error, Locator, expect

from tests.journeys.conftest import Start
from tests.journeys.walking import Walk

PHONES = "Using your own phone at work"
TEXT = "Say what changed, and what worries you."


def test_staff_read_a_policy_and_find_one_by_its_words(start: Start) -> None:
    walk = start("staff")
    walk.look()
    expect(walk.page.get_by_role("link", name="Evidence")).to_have_count(0)
    walk.page.get_by_role("navigation").get_by_role("link", name="Policies").click()
    walk.reads(PHONES)
    walk.look()
    walk.follow(PHONES)
    walk.reads("During care your own phone stays in your locker.")
    walk.look()

    walk.page.goto("/")
    walk.page.get_by_label("Find a policy").fill("photo care note")
    walk.press("Find")
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text("Search")
    expect(walk.main.locator("mark").first).to_be_visible()
    walk.look()
    walk.follow(PHONES)
    walk.reads("Never take a photo of a person or of a care note with your own phone or tablet.")
    walk.page.goto("/search/?q=submarine")
    walk.reads("Nothing found")
    walk.look()


def test_staff_who_try_the_admin_or_the_evidence_are_told_that_it_is_not_theirs(
    start: Start,
) -> None:
    walk = start("staff")
    walk.page.goto("/evidence/")
    walk.reads("Evidence is for managers, contributors and IG leads.")
    walk.look()
    walk.page.goto("/admin/")
    walk.reads("The admin is for IG leads, editors and portal administrators.")
    walk.look()


def write_policy(editor: Walk, title: str) -> None:
    """Fill in the editor's page."""
    page = editor.page
    page.goto("/admin/pages/")
    editor.follow("Add child page")
    page.get_by_role("textbox", name="Title*").fill(title)
    page.get_by_role("textbox", name="Summary*").fill("How we hand over what matters.")
    page.get_by_role("combobox", name="Topic*").select_option("Care and safety")
    page.get_by_role("tab", name="Review").click()
    owner = page.get_by_role("combobox", name="Owner*")
    owner.select_option("Helen Brook (demo), Registered manager")
    page.get_by_role("textbox", name="Review date*").fill("2027-06-30")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Text").click()
    body = page.get_by_role("region", name="Body*")
    insert_block(body.get_by_role("button", name="Insert a block").first, "Heading")
    body.get_by_role("textbox").first.fill("At each shift")
    insert_block(body.get_by_role("button", name="Insert a block").last, "Paragraph")
    paragraph = body.locator("[contenteditable=true]")
    paragraph.click()
    page.keyboard.type(TEXT)
    # The rich text reaches the form only when nobody has typed for a moment.
    expect(body.locator("input[name=body-1-value]")).to_have_value(re.compile(re.escape(TEXT)))


def insert_block(opener: Locator, kind: str) -> None:
    """Open the list of blocks and choose one; the editor may not listen to the first press yet."""
    option = opener.page.get_by_role("option", name=kind)
    for _ in range(5):
        opener.click()
        try:
            option.click(timeout=4_000)
        except Error:
            continue
        return
    raise AssertionError(f"the list of blocks never offered {kind}")


def submit(editor: Walk, title: str) -> None:
    """Send the draft to somebody else, from the menu that may be open already."""
    menu = editor.page.get_by_role("button", name="More actions")
    if menu.get_attribute("aria-expanded") != "true":
        menu.click()
    editor.press("Submit to Approval by somebody else")
    # Wagtail's words differ with whether it saved the draft by itself before.
    editor.is_told("submitted for moderation.")
    expect(editor.page.get_by_role("link", name=title, exact=True)).to_be_visible()


def test_an_editor_cannot_publish_what_they_wrote(start: Start, width: int) -> None:
    title = f"My own words {width}"
    editor = start("editor")
    write_policy(editor, title)
    editor.page.get_by_role("button", name="More actions").click()
    expect(editor.page.get_by_role("button", name="Submit to Approval")).to_be_visible()
    expect(editor.page.get_by_role("button", name="Publish")).to_have_count(0)
    submit(editor, title)
    editor.follow(title)
    editor.follow("Review this policy")
    editor.reads("You own, wrote or submitted this policy. Somebody else must decide on it.")
    expect(editor.page.get_by_role("button", name="Approve and publish")).to_have_count(0)
    editor.look()
