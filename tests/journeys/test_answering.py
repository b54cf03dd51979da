"""A contributor answers questions: one of each kind, with a file, without script, two at once."""

import re

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys.conftest import Start
from tests.journeys.walking import Walk

PLACE = "Rowan House (demo)"
GOOD = "Data protection policy, version 4, page {}, approved on 2 November 2026."


def the_assessment(walk: Walk) -> str:
    """Go to the contributor's own assessment; return its address."""
    walk.page.get_by_role("navigation", name="Main").get_by_role("link", name="Assessment").click()
    walk.main.get_by_role("link", name=PLACE).click()
    expect(walk.page.get_by_role("heading", level=1)).to_have_text(PLACE)
    return walk.page.url


def the_question(walk: Walk, assessment: str, ref: str) -> None:
    """Open a question of an assessment."""
    walk.page.goto(f"{assessment}{ref}/")
    expect(walk.main.get_by_text(f"Reference {ref}.")).to_be_visible()


def save_and_go_on(walk: Walk, ref: str) -> None:
    """Confirm the answer, and see that it is kept."""
    walk.main.get_by_role("button", name=re.compile("Save and (go to|finish)")).click()
    walk.is_told(f"Question {ref} is saved and confirmed")


def a_file(name: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": name.encode() * 9}


def test_a_text_and_a_tick_are_answered(start: Start, width: int) -> None:
    walk = start("contributor")
    page = walk.page
    assessment = the_assessment(walk)
    walk.look()
    walk.follow("Staffing and roles")
    walk.look()
    walk.follow("1.1.5 Who is in charge of data security")
    walk.look()

    answer = page.get_by_label("Your answer", exact=True)
    answer.fill("See policy folder.")
    walk.press("Check my answer")
    walk.reads("“See policy folder” is hard to follow.", "They never stop you saving.")
    expect(page.get_by_role("heading", name="hints before you save")).to_be_focused()
    walk.look()
    answer.fill(GOOD.format(width))
    walk.press("Check my answer")
    walk.reads("Good: you gave the date.")
    save_and_go_on(walk, "1.1.5")

    the_question(walk, assessment, "4.1.2")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("How do you know").fill(GOOD.format(width))
    page.get_by_label("Comment for next year").fill("Ask the office manager.")
    save_and_go_on(walk, "4.1.2")


def test_a_document_is_named_and_what_does_not_apply_says_why(start: Start, width: int) -> None:
    walk = start("contributor")
    page, assessment = walk.page, the_assessment(walk)
    the_question(walk, assessment, "1.1.2")
    page.get_by_label("Where it is kept").fill(f"Office safe, register, page {width}")
    page.get_by_label("A link to it").fill("javascript:alert(1)")
    walk.press("Check my answer")
    walk.reads("There is a problem")
    walk.look()
    page.get_by_label("A link to it").fill("https://intranet.example/register")
    for part, typed in (("Day", "24"), ("Month", "8"), ("Year", "2026")):
        page.get_by_role("group", name="Date of the document").get_by_label(part).fill(typed)
    save_and_go_on(walk, "1.1.2")
    the_question(walk, assessment, "1.1.2")
    walk.reads("Good until 24 August 2027.")

    the_question(walk, assessment, "10.2.1")
    page.get_by_label("This does not apply to us").check()
    page.get_by_label("Why it does not apply").fill("No other firm supplies our systems.")
    walk.look()
    save_and_go_on(walk, "10.2.1")
    the_question(walk, assessment, "10.2.1")
    walk.follow("History of this answer")
    walk.reads("No other firm supplies our systems.", "Confirmed by:")
    walk.look()


def test_a_file_is_uploaded_from_a_question_and_answers_it(start: Start, width: int) -> None:
    walk = start("contributor")
    page, title = walk.page, f"Spot check {width}"
    the_question(walk, the_assessment(walk), "1.3.2")
    page.get_by_label("How do you know").fill(f"Typed before the upload, {width}.")
    walk.press("Upload a new file")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Choose files").set_input_files(a_file(f"check-{width}.txt"))
    walk.look()
    walk.press("Upload these files")
    expect(walk.entry(title).locator(".wk-state")).to_have_text("In review")

    page.get_by_role("link", name="Go back to where you were").click()
    expect(walk.entry(title).locator(".wk-state")).to_have_text("In review")
    expect(page.get_by_label("How do you know")).to_have_value(f"Typed before the upload, {width}.")
    walk.reads("is not approved:")
    walk.look()
    walk.entry(title).get_by_role("button", name="Unlink").click()
    walk.is_told(f"Unlinked “{title}”. It is still kept.")

    walk.press("Link a file we already keep")
    walk.look()
    page.get_by_label("Words in the title").fill(title)
    walk.press("Show")
    walk.entry(title).get_by_role("button", name="Link this").click()
    walk.is_told(f"Linked “{title}”.")
    expect(walk.entry(title)).to_be_visible()


def test_two_who_write_at_once_lose_nothing(start: Start, width: int) -> None:
    walk = start("contributor")
    page = walk.page
    the_question(walk, the_assessment(walk), "5.1.1")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("How do you know").fill(f"Saved first, at {width}.")
    other.get_by_role("button", name="Save and come back later").click()
    expect(other.get_by_text("Question 5.1.1 is not confirmed.")).to_be_visible()
    other.close()

    page.get_by_label("How do you know").fill(f"Written meanwhile, at {width}.")
    walk.press("Save and come back later")
    walk.reads("Two answers at once", f"Saved first, at {width}.")
    walk.look()
    walk.press("Put both texts into the form")
    expect(page.get_by_label("How do you know")).to_have_value(
        f"Saved first, at {width}.\n\nWritten meanwhile, at {width}."
    )
    page.get_by_label("Yes", exact=True).check()
    walk.press("Save this answer")
    walk.is_told("Question 5.1.1 is saved and confirmed")


@pytest.mark.parametrize("script", [False], ids=["without script"])
def test_questions_are_answered_and_discussed_without_script(
    start: Start, width: int, script: bool
) -> None:
    walk = start("contributor", script=script)
    page = walk.page
    the_question(walk, the_assessment(walk), "1.3.1")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("How do you know").fill(GOOD.format(width))
    page.get_by_label("How do you know").press("Tab")
    walk.press("Check my answer")
    walk.reads("Good: you said where to look.")
    walk.press("Save and come back later")
    walk.is_told("Saved. Question 1.3.1 is not confirmed.")
    walk.follow("1.3.1 Up-to-date data policies")
    page.get_by_label("Write a note").fill(f"Who has the minutes? Asked at {width}.")
    walk.press("Keep this note")
    walk.reads(f"Who has the minutes? Asked at {width}.")
    save_and_go_on(walk, "1.3.1")


def test_a_question_is_given_to_somebody_who_finds_it_at_home(start: Start, width: int) -> None:
    lead = start("ig_lead")
    lead.page.goto("/assessment/")
    lead.main.get_by_role("link", name=PLACE).click()
    assessment = lead.page.url
    the_question(lead, assessment, "7.2.1")
    lead.main.get_by_role("link", name=re.compile("Give it to somebody")).click()
    lead.page.get_by_label("Who answers it").select_option(label="Priya Nair (demo), Senior carer")
    due = lead.page.get_by_role("group", name="By when")
    for part, typed in (("Day", "31"), ("Month", "3"), ("Year", "2031")):
        due.get_by_label(part).fill(typed)
    lead.look()
    lead.press("Save who answers it")
    lead.is_told("will answer this.")

    priya = start("contributor")
    the_question(priya, assessment, "7.2.1")
    priya.page.get_by_label("Your answer").fill(f"Tested by {width}.")
    priya.press("Save and come back later")
    priya.page.goto("/")
    priya.reads("Questions for you", "Due 31 March 2031")
    priya.look()
