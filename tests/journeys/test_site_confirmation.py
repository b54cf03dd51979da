"""Head office changes an answer, a manager says what holds at home, and a plan comes of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Start
from tests.journeys.walking import Walk

SITE = "Elm Court (demo)"
SECTIONS = {1280: "Data security", 360: "IT systems and devices"}
"""Both widths walk through one portal: each confirms a section of its own."""


def sites_page(lead: Walk) -> str:
    """Open head office's page about its sites; return its address."""
    lead.page.goto("/assessment/")
    lead.main.get_by_role("link", name=re.compile("head office", re.IGNORECASE)).first.click()
    assessment = lead.page.url
    lead.page.goto(f"{assessment}sites/")
    lead.reads("Sites that head office answers for")
    return assessment


def change_an_answer(lead: Walk, assessment: str, words: str) -> None:
    """Let head office say something new about who is in charge."""
    lead.page.goto(f"{assessment}1.1.5/")
    lead.page.get_by_label("Your answer", exact=True).fill(words)
    lead.main.get_by_role("button", name=re.compile("Save and (go to|finish)")).click()
    lead.is_told("Question 1.1.5 is saved and confirmed")


def fill_in_day(walk: Walk, group: str, day: str, month: str, year: str) -> None:
    """Type a day into its three boxes."""
    boxes = walk.page.get_by_role("group", name=group)
    for part, typed in (("Day", day), ("Month", month), ("Year", year)):
        boxes.get_by_label(part).fill(typed)


def test_a_manager_says_what_holds_at_their_home(start: Start, width: int) -> None:
    lead, manager = start("ig_lead"), start("registered_manager")
    assessment = sites_page(lead)
    lead.look()
    lead.reads("Elm Court has key locks, no door codes.")
    words = f"Grace Adeyemi, IG lead, since 3 March 2026, by letter {width}."
    change_an_answer(lead, assessment, words)

    manager.page.goto("/")
    manager.look()
    manager.follow(f"Are they true at {SITE} too?")
    manager.reads("Changed since you looked", words, "Head office has changed its answer since.")
    manager.look()
    manager.main.get_by_role("button", name="True here too").first.click()
    manager.is_told("You confirmed 1 answer.")
    manager.reads_nothing_of("Changed since you looked")

    manager.follow(SECTIONS[width])
    manager.look()
    first = manager.main.get_by_role("listitem").filter(has_text="True here too").last
    first.get_by_role("link", name=re.compile("Different here|Change what is different")).click()
    manager.look()
    manager.press("Save what is different")
    manager.is_told("Say what is different here")
    manager.look()
    manager.page.get_by_label("What is different here?").fill(f"We do it on paper {width}.")
    manager.press("Save what is different")
    manager.is_told("is different here. Head office sees it.")
    manager.press("left are true here too")
    manager.is_told(re.compile("You confirmed [0-9]+ answers"))
    file = manager.download("XLSX")
    assert file.startswith(b"PK")

    lead.page.goto(f"{assessment}sites/?about=paper+{width}")
    lead.reads(f"We do it on paper {width}.", "1 difference")
    lead.look()


def test_a_difference_becomes_an_action_that_somebody_finishes(start: Start, width: int) -> None:
    lead, manager = start("ig_lead"), start("registered_manager")
    sites_page(lead)
    lead.main.get_by_role("link", name=re.compile("Plan an action")).first.click()
    lead.look()
    what = lead.page.get_by_label("What will be done")
    expect(what).to_have_value(re.compile(f"Put right at {re.escape(SITE)}"))
    what.fill(f"Hang a list of the key holders in the office {width}.")
    lead.page.get_by_label("Who sees to it").select_option(
        label="Helen Brook (demo), Registered manager"
    )
    fill_in_day(lead, "By when", "1", "11", "2026")
    lead.press("Plan this action")
    lead.is_told("Planned.")
    row = lead.main.get_by_role("row").filter(has_text=f"office {width}.")
    expect(row).to_contain_text("Overdue")
    lead.look()

    manager.page.goto("/")
    manager.look()
    manager.follow(f"Hang a list of the key holders in the office {width}.")
    manager.look()
    manager.press("Start on it")
    manager.reads("Overdue")
    manager.follow("It is done")
    manager.look()
    manager.page.get_by_label("What came of it").fill("The list hangs beside the key cupboard.")
    manager.press("Mark as done")
    manager.is_told("Done. What came of it is kept.")

    lead.page.get_by_label("Show", exact=True).select_option("done")
    lead.press("Show")
    expect(row).to_contain_text("Done")
    lead.follow("print them")
    lead.look()
    lead.reads("The list hangs beside the key cupboard.")


@pytest.mark.parametrize("kind", ["XLSX", "CSV"])
def test_a_plan_is_drafted_for_everything_missing(start: Start, kind: str) -> None:
    lead = start("ig_lead")
    sites_page(lead)
    lead.page.goto(lead.page.url.replace("sites/", "plan/"))
    lead.reads("Missing without an action")
    lead.main.get_by_role("link", name=re.compile("Draft ")).click()
    lead.look()
    lead.press("Plan what is ticked")
    lead.reads("There is a problem")
    lead.look()
    boxes = lead.main.get_by_role("row").filter(has=lead.page.get_by_role("checkbox"))
    for row in boxes.all()[1:]:
        row.get_by_role("checkbox").uncheck()
    lead.page.get_by_label("Who sees to it, where no one is chosen below").select_option(
        label="Grace Adeyemi (demo), IG lead"
    )
    fill_in_day(lead, "By when, where no day is given below", "31", "3", "2027")
    lead.press("Plan what is ticked")
    lead.is_told("Planned: 1 action.")
    lead.look()
    assert lead.download(kind)
