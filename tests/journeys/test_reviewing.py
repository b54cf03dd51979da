"""An IG lead decides, the contributor hears of it, and nobody approves what they uploaded."""

import re

from playwright.sync_api import FilePayload, expect

from tests.files.pdfs import pdf
from tests.journeys.conftest import Start
from tests.journeys.walking import Walk

REASON = "Page 1 shows a name. Please cover it and upload it again."


def minutes(text: str) -> FilePayload:
    return {"name": "minutes.txt", "mimeType": "text/plain", "buffer": text.encode()}


def add_evidence(walk: Walk, title: str, file: FilePayload) -> None:
    """Upload one file and see it through the virus check."""
    walk.page.goto("/evidence/add/")
    walk.page.get_by_label("Title").fill(title)
    walk.page.get_by_label("Choose files").set_input_files(file)
    walk.press("Upload these files")
    expect(walk.entry(title).locator(".wk-state")).to_have_text("In review")


def open_in_queue(walk: Walk, title: str) -> None:
    """Find a file in the review queue and open it."""
    walk.page.goto("/admin/evidence/review/?find=1")
    walk.page.get_by_label("Words in the title").fill(title)
    walk.page.get_by_label("Words in the title").press("Enter")
    walk.follow(title)
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text(title)


def test_an_ig_lead_approves_from_the_first_page_of_the_admin_and_goes_on_to_the_next(
    start: Start, width: int
) -> None:
    title, drill = f"Drill to approve {width}", pdf(pages=2)
    contributor = start("contributor")
    file: FilePayload = {"name": "drill.pdf", "mimeType": "application/pdf", "buffer": drill}
    add_evidence(contributor, title, file)
    lead = start("ig_lead")
    lead.reads("To check")
    lead.look()
    lead.page.goto("/admin/")
    lead.reads("Evidence to review")
    lead.look()
    lead.follow("Go to the review queue")
    lead.reads(title)
    lead.look()
    lead.follow(title)
    lead.reads("drill.pdf", "2 pages", "Clean", "You did not upload or edit this file")
    lead.look()
    assert lead.download("Download the file") == drill
    lead.press("Approve version 1")

    lead.is_told(f"Version 1 of “{title}” is approved.")
    expect(lead.page).to_have_url(re.compile(r"/admin/evidence/review/[\w-]{22}/$"))
    expect(lead.page.get_by_role("heading", level=1)).not_to_contain_text(title)
    contributor.page.goto("/evidence/")
    expect(contributor.entry(title).locator(".wk-state")).to_have_text("Approved")
    contributor.look()


def test_the_way_to_the_queue_is_in_the_menu(start: Start) -> None:
    lead = start("ig_lead2")
    lead.page.goto("/admin/")
    toggle = lead.page.get_by_role("button", name="Toggle sidebar")
    menu = lead.page.get_by_role("link", name=re.compile(r"^Evidence, \d+ to review$"))
    if not menu.is_visible():
        toggle.click()
    menu.click()

    lead.reads("Review queue")


def test_a_file_is_returned_with_a_reason_and_comes_back_as_version_2(
    start: Start, width: int
) -> None:
    title = f"Minutes to return {width}"
    contributor = start("contributor")
    add_evidence(contributor, title, minutes("First try."))
    lead = start("ig_lead")
    open_in_queue(lead, title)
    lead.press("Return to Priya with reasons")
    lead.reads("Enter a reason to return this file.")
    lead.look()
    lead.page.get_by_label("Reason").fill(REASON)
    lead.press("Return to Priya with reasons")
    lead.is_told(f"Version 1 of “{title}” is returned.")

    contributor.page.goto("/")
    contributor.reads(title, REASON)
    contributor.look()
    contributor.follow(f"Upload a new version of {title}")
    contributor.look()
    contributor.page.get_by_label("Choose the file").set_input_files(minutes("Second try."))
    contributor.page.get_by_label("What changed (optional)").fill("The name is covered.")
    contributor.press("Upload this version")
    contributor.reads("What changed: The name is covered.")
    expect(contributor.main.locator(".wk-state").first).to_have_text("In review")
    contributor.reads("Version 1 returned", REASON)
    contributor.look()

    open_in_queue(lead, title)
    lead.reads("What Priya says has changed:", "The name is covered.")
    lead.press("Approve version 2")
    lead.is_told(f"Version 2 of “{title}” is approved.")


def test_an_ig_lead_cannot_approve_their_own_upload_but_is_told_who_can(
    start: Start, width: int
) -> None:
    title = f"Uploaded by a lead {width}"
    tom = start("ig_lead2")
    add_evidence(tom, title, minutes("My own."))
    tom.page.goto("/admin/evidence/")
    tom.follow(title)
    tom.main.get_by_role("link", name="Review", exact=True).click()

    tom.reads("You uploaded this")
    tom.reads("Grace Adeyemi (demo), IG lead")
    expect(tom.page.get_by_role("button", name="Approve version 1")).to_have_count(0)
    tom.look()
    tom.page.goto("/admin/evidence/review/")
    tom.reads_nothing_of(title)
