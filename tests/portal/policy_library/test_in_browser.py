"""The library's screens in a real browser, at a desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from portal.people.models import User
from portal.policy_library.actions.adopt_starter import adopt_starter
from portal.policy_library.models import Adoption
from tests.factories import PASSWORD
from tests.portal.chrome.browsing import browser, violations

__all__ = ["browser"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIBRARY = "/admin/policies/library/"


def test_every_library_screen_is_accessible_and_fits(
    browser: Browser,
    live_server: LiveServer,
    editor: User,
    second_version: Callable[[], None],
) -> None:
    adopt_starter("passwords", actor=editor)
    second_version()
    newer = f"{LIBRARY}passwords/newer/{Adoption.objects.get().pk}/"
    screens = [LIBRARY, f"{LIBRARY}record-keeping/", f"{LIBRARY}passwords/", newer]
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(live_server.url)
        page.get_by_label("E-mail address").fill(str(editor.email))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{live_server.url}/")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            for screen in screens:
                page.goto(live_server.url + screen)
                page.locator("#wagtail.ready").wait_for()
                assert violations(page) == [], screen
                assert page.evaluate("document.documentElement.scrollWidth") <= width, screen
