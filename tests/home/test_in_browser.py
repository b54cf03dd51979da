"""The start page in a real browser."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from evidence_review.evidence.states import NEEDS_UPLOADER, VersionState
from portal.people.roles import Role
from tests.factories import PASSWORD, EvidenceFactory, PersonFactory, VersionFactory
from tests.portal.chrome.browsing import WIDTHS, violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_a_full_day_and_an_empty_day_are_accessible_and_fit(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    busy = PersonFactory.create(email="busy@demo.example", role=Role.IG_LEAD)
    PersonFactory.create(email="idle@demo.example", role=Role.CONTRIBUTOR)
    PersonFactory.create(email="reader@demo.example", role=Role.STAFF)
    for state in (*NEEDS_UPLOADER, VersionState.IN_REVIEW):
        title = f"{state.label} " + "x" * 60
        VersionFactory.create(
            evidence=EvidenceFactory.create(created_by=busy, title=title), state=state
        )
    VersionFactory.create(evidence=EvidenceFactory.create())

    for name in ("busy", "idle", "reader"):
        with browser.new_context(viewport={"width": width, "height": 800}) as context:
            page = context.new_page()
            page.goto(live_server.url)
            page.get_by_label("E-mail address").fill(f"{name}@demo.example")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"{live_server.url}/")

            assert violations(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
