"""The chrome in a real browser: accessible, narrow, without script, by keyboard."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from portal.people.roles import Role
from tests.factories import PASSWORD, OrganisationFactory, PersonFactory
from tests.portal.chrome.browsing import WIDTHS, violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(settings: Settings, live_server: LiveServer) -> str:
    """Serve the tests' own pages; return where."""
    settings.ROOT_URLCONF = "tests.portal.chrome.gallery"
    OrganisationFactory.create()
    PersonFactory.create(email="priya@demo.example", role=Role.CONTRIBUTOR)
    return str(live_server.url)


def sign_in(context: BrowserContext, address: str) -> Page:
    """Go through the door and come out on the gallery."""
    page = context.new_page()
    page.goto(f"{address}/account/login/?next=/gallery/")
    page.get_by_label("E-mail address").fill("priya@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/gallery/")
    return page


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_every_page_of_the_chrome_is_accessible_and_fits(
    browser: Browser, address: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        complaints: list[str] = []
        page = sign_in(context, address)
        page.on("console", lambda said: complaints.append(said.text))
        for path in ("/gallery/", "/gallery/?page=7", "/help/", "/accessibility/", "/privacy/"):
            page.goto(address + path)
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert complaints == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_door_and_error_pages_are_accessible_and_fit(
    browser: Browser, address: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        for path in (
            "/account/login/",
            "/account/password/reset/",
            "/account/password/reset/done/",
            "/account/password/reset/key/1-x/",
            "/inspector/",
            "/missing/",
            "/not-permitted/",
        ):
            page.goto(address + path)
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_errors_take_the_focus_and_lead_to_their_inputs(
    browser: Browser, address: str, script: bool
) -> None:
    with browser.new_context(java_script_enabled=script) as context:
        page = sign_in(context, address)
        page.get_by_label("Day").fill("31")
        page.get_by_role("button", name="Save").click()

        assert page.title() == "Error: Every part - Wellkept"
        assert page.locator("#error-summary:focus").count() == 1
        page.get_by_role("link", name="The review date must include").click()
        assert page.locator("#id_review_date_month:focus").count() == 1
        assert page.get_by_label("Day").input_value() == "31"


def test_a_page_with_errors_is_accessible(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = sign_in(context, address)
        page.get_by_role("button", name="Save").click()

        assert violations(page) == []


def test_the_keyboard_reaches_the_content_at_once(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = sign_in(context, address)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to main content"
        page.keyboard.press("Enter")

        assert page.locator("main:focus").count() == 1


def test_printed_pages_leave_out_what_cannot_be_pressed(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = sign_in(context, address)
        page.emulate_media(media="print")

        for hidden in (".wk-nav", ".wk-footer", "form", ".wk-pages"):
            assert not page.locator(hidden).first.is_visible(), hidden
        assert page.get_by_role("heading", name="Every part").is_visible()


def test_states_keep_an_outline_in_forced_colours(browser: Browser, address: str) -> None:
    with browser.new_context(forced_colors="active") as context:
        page = sign_in(context, address)

        border = page.locator(".wk-state").first.evaluate("e => getComputedStyle(e).borderTopWidth")
        assert border == "1px"
