"""The review screens in a real browser, at a desk and on a phone."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from evidence_review.evidence.states import VersionState
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    PASSWORD,
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    StandInFactory,
    VersionFactory,
)
from tests.portal.chrome.browsing import WIDTHS, browser, violations

__all__ = ["browser"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def sign_in(context: BrowserContext, live_server: LiveServer, person: User) -> Page:
    """Go through the door; return the page."""
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_label("E-mail address").fill(str(person.email))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live_server.url}/")
    return page


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_every_review_screen_is_accessible_and_fits(
    browser: Browser, live_server: LiveServer, lead: User, width: int
) -> None:
    evidence = EvidenceFactory(title="Policy " + "x" * 60, requirements=[RequirementFactory()])
    approved = VersionFactory(evidence=evidence, approved=True)
    version = VersionFactory(evidence=evidence, change_note="y" * 80)
    mine, waiting = VersionFactory(uploaded_by=lead), VersionFactory(waiting=True)
    StandInFactory(person=lead)
    review = "/admin/evidence/review/"
    screens = [
        review,
        f"{review}?find=1",
        *(f"{review}{each.public_id}/" for each in (version, approved, mine, waiting)),
        "/admin/evidence/",
        f"/admin/evidence/{evidence.public_id}/",
        f"/admin/evidence/versions/{version.public_id}/withdraw/",
        f"/admin/evidence/versions/{version.public_id}/recall/",
        "/admin/evidence/steps/",
        "/admin/evidence/steps/policy/",
        "/admin/evidence/stand-ins/",
        "/admin/evidence/stand-ins/add/",
        "/admin/reports/reviews/",
        "/admin/",
    ]
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = sign_in(context, live_server, lead)
        for screen in screens:
            page.goto(live_server.url + screen)
            page.locator("#wagtail.ready").wait_for()
            assert violations(page) == [], screen
            assert page.evaluate("document.documentElement.scrollWidth") <= width, screen


def test_a_lead_approves_one_file_and_returns_the_next_without_leaving_the_flow(
    browser: Browser, live_server: LiveServer, lead: User
) -> None:
    first, second = VersionFactory(), VersionFactory()
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = sign_in(context, live_server, lead)
        page.goto(f"{live_server.url}/admin/")
        expect(page.get_by_role("link", name="Evidence, 2 to review")).to_be_visible()
        page.get_by_role("link", name="Go to the review queue").click()
        page.get_by_role("link", name=first.evidence.title, exact=True).click()
        page.get_by_role("button", name="Approve version 1").click()

        expect(
            page.get_by_text(f"Version 1 of “{first.evidence.title}” is approved.")
        ).to_be_visible()
        expect(page.get_by_role("heading", name=str(second))).to_be_visible()
        page.get_by_role("button", name="Return to").click()
        expect(page.get_by_role("alert")).to_contain_text("Enter a reason to return this file")
        expect(page.get_by_role("alert")).to_be_focused()
        page.get_by_role("link", name="Enter a reason to return this file").click()
        expect(page.get_by_label("Reason")).to_be_focused()
        page.keyboard.type("The date is missing.")
        page.get_by_role("button", name="Return to").click()
        expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (VersionState.APPROVED, VersionState.RETURNED)
    assert Event.objects.filter(verb="version.returned").count() == 1


def test_the_queue_and_a_decision_need_no_script(
    browser: Browser, live_server: LiveServer, lead: User
) -> None:
    version = VersionFactory(uploaded_by=PersonFactory(role=Role.CONTRIBUTOR))
    with browser.new_context(
        viewport={"width": 360, "height": 800}, java_script_enabled=False
    ) as context:
        page = sign_in(context, live_server, lead)
        page.goto(f"{live_server.url}/admin/evidence/review/")
        page.get_by_role("link", name=version.evidence.title, exact=True).click()
        page.get_by_role("button", name="Approve version 1").click()
        page.wait_for_url("**/admin/evidence/review/")
    version.refresh_from_db()
    assert version.state == VersionState.APPROVED
