"""A manager claims something of a quality statement, and takes it back."""

from playwright.sync_api import expect

from tests.journeys.conftest import Start

CHANGED = "Two people now read each letter before it goes out."


def test_a_manager_makes_changes_and_withdraws_a_claim(start: Start, width: int) -> None:
    said = f"Letters are read twice before they are posted, {width}."
    manager = start("registered_manager")
    manager.follow("Well-led")
    manager.reads("CQC well-led quality statements", "Freedom to speak up")
    manager.look()
    manager.follow("Learning, improvement and innovation")
    manager.reads("What else speaks to it", "3.2.1 95 in 100 people trained")
    manager.look()

    manager.follow("Make a claim")
    manager.reads("Never write the name of a person you support")
    manager.look()
    manager.press("Make this claim")
    manager.reads("Enter one sentence that says what is true", "Choose the kind of evidence")
    manager.look()
    manager.page.get_by_label("What is true here, in one sentence").fill(said)
    manager.page.get_by_label("Outcomes").check()
    manager.page.get_by_label("Site").select_option("Rowan House (demo)")
    manager.press("Make this claim")
    manager.is_told("The claim is kept.")
    manager.reads("Inspectors do not see this yet.")
    manager.look()

    manager.follow("Change this claim")
    manager.page.get_by_label("What changed because of it").fill(CHANGED)
    manager.page.get_by_label("Near misses of the last 12 months").check()
    manager.press("Save")
    manager.is_told("Saved. The change is in the history.")
    manager.reads(CHANGED)
    manager.reads_nothing_of("Inspectors do not see this yet.")

    manager.follow("Withdraw this claim")
    manager.look()
    manager.page.get_by_label("Reason").fill("The office does this now.")
    manager.press("Withdraw this claim")
    manager.is_told("The claim is withdrawn. Its history stays.")
    expect(manager.page.get_by_role("link", name="Change this claim")).to_have_count(0)
    manager.look()
