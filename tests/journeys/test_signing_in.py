"""The door, with nothing but a keyboard."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Start
from tests.journeys.walking import PASSWORD


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus."""
    for _ in range(15):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if name in (focused.get_attribute("name"), focused.inner_text().strip()):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def _type_into_the_door(page: Page, address: str, password: str) -> None:
    _tab_to(page, "login")
    page.keyboard.press("Control+a")
    page.keyboard.type(address)
    _tab_to(page, "password")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def test_somebody_signs_in_by_keyboard_after_a_wrong_password(start: Start) -> None:
    walk = start()
    page = walk.page
    page.goto("/evidence/")
    walk.look()

    _type_into_the_door(page, "contributor@demo.example", "not my password")
    walk.reads("The e-mail address or the password is not right. Check both and try again.")
    expect(page).to_have_title("Error: Sign in - Wellkept")
    expect(page.locator("#error-summary")).to_be_focused()
    walk.look()

    _type_into_the_door(page, "contributor@demo.example", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Evidence")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_somebody_looks_at_their_account_makes_a_token_and_signs_out(start: Start) -> None:
    walk = start("registered_manager")
    walk.page.goto("/account/")
    walk.reads("Helen Brook (demo)", "Registered manager")
    walk.look()

    walk.page.get_by_label("Name of the token").fill("Nightly upload")
    walk.press("Make a token")
    walk.reads("Copy it now. It is not shown again.", "Nightly upload")
    walk.look()
    walk.press("Revoke “Nightly upload”")
    walk.is_told("The token “Nightly upload” does not work any more.")

    walk.press("Sign out")
    walk.page.goto("/account/")
    expect(walk.page).to_have_title("Sign in - Wellkept")
