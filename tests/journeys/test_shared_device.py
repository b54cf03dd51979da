"""Carers without an account read and confirm on one tablet, one after the other."""

from playwright.sync_api import expect

from tests.journeys.conftest import Start
from tests.journeys.walking import Walk

PIN = "730418"
PHONES = "Using your own phone at work"
HELEN = "registered_manager"


def share(manager: Walk, name: str) -> None:
    """Turn the browser in the manager's hands into a shared tablet of Rowan House."""
    manager.page.goto("/policies/")
    manager.follow("Use a shared tablet")
    manager.look()
    manager.follow("Use this tablet for everybody")
    manager.page.get_by_label("Site").select_option(label="Rowan House (demo)")
    manager.page.get_by_label("Name of the tablet").fill(name)
    manager.look()
    manager.press("Sign me out and start")
    manager.reads("Find your name")


def enter(tablet: Walk, first_name: str, pin: str = PIN) -> None:
    """Choose a name and type a PIN."""
    tablet.page.get_by_label("Part of your name").fill(first_name)
    tablet.press("Find")
    tablet.page.get_by_role("main").get_by_role("link", name=first_name).click()
    tablet.page.get_by_label("Your 6-digit PIN").fill(pin)
    tablet.press("Open")


def test_two_carers_confirm_one_after_the_other_and_a_third_guesses(
    start: Start, width: int
) -> None:
    tablet = start(HELEN)
    share(tablet, f"Staff room {width}")
    tablet.look()

    for first_name in ("Priya", "Marek"):
        enter(tablet, first_name)
        tablet.reads(f"Hello {first_name}")
        tablet.follow(PHONES)
        tablet.reads("During care your own phone stays in your locker.")
        box = tablet.page.get_by_label("I have read this policy", exact=False)
        if box.count():  # the other width may have confirmed it already
            tablet.look()
            box.check()
            tablet.page.get_by_role("button", name="Confirm I have read version").click()
            tablet.reads(f"Thank you, {first_name}")
            tablet.look()
            tablet.press("Next person")
        else:
            tablet.reads("You have read this")
            tablet.press("Finish")
        tablet.reads("Find your name")
        tablet.page.go_back()
        expect(tablet.page.get_by_role("heading", name="Find your name")).to_be_visible()
        tablet.reads_nothing_of(f"Thank you, {first_name}")

    guess_and_unlock(start, tablet, f"Staff room {width}")
    expect(tablet.page.get_by_role("link", name="Evidence")).to_have_count(0)
    tablet.page.goto("/evidence/")
    expect(tablet.page.get_by_role("heading", name="Sign in")).to_be_visible()


def guess_and_unlock(start: Start, tablet: Walk, name: str) -> None:
    """Lock a name by five wrong PINs; its manager unlocks it and ends the tablet from elsewhere."""
    enter(tablet, "Priya", "915027")
    for left in ("4 more times", "3 more times", "2 more times", "once more"):
        tablet.reads(left)
        tablet.page.get_by_label("Your 6-digit PIN").fill("915027")
        tablet.press("Open")
    tablet.reads("This name is locked on this tablet")
    tablet.look()

    manager = start(HELEN)
    manager.page.goto("/shared/devices/")
    entry = manager.entry(name)
    expect(entry.get_by_text("Priya Nair (demo) is locked")).to_be_visible()
    manager.look()
    entry.get_by_role("button", name="Unlock").click()
    manager.is_told("Priya Nair (demo) can try the PIN again.")
    tablet.follow("Back to all names")
    enter(tablet, "Priya")
    tablet.reads("Hello Priya")

    manager.entry(name).get_by_role("button", name="End shared mode").click()
    tablet.page.reload()
    tablet.reads("Shared mode has ended here")
    tablet.look()
