"""From the last look at the answers to the next year's first page, in a real browser."""

import io
import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from evidence_review.assessments.invariants import (
    publications_are_as_published,
    standing_follows_from_the_evidence,
)
from evidence_review.assessments.models import Assessment, Publication
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.assessments.made_up import editions
from tests.factories import (
    PASSWORD,
    AssessmentFactory,
    EvidenceFactory,
    PersonFactory,
    SiteFactory,
    VersionFactory,
    answered,
)
from tests.portal.chrome.browsing import browser, violations

__all__ = ["browser"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assessment() -> Assessment:
    """Return a home's answers, all of them complete, one by an approved file."""
    with transaction.atomic():
        made: Assessment = AssessmentFactory.create(
            edition=editions()[0], site=SiteFactory.create(name="Rowan House (demo)")
        )
        register = EvidenceFactory.create(site=made.site, title="Training register")
        VersionFactory.create(evidence=register, approved=True, stored=True)
        for response in made.responses.select_related("requirement"):
            is_first = response.requirement.ref == "1.1"
            answered(response, evidence=[register] if is_first else [])
    return made


@pytest.fixture
def lead(assessment: Assessment) -> User:
    person: User = PersonFactory.create(role=Role.IG_LEAD, first_name="Grace")
    return person


@pytest.fixture(params=[1280, 360], ids=["desk", "phone"])
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, lead: User
) -> Iterator[Page]:
    """Sign in, at a desk and on a phone."""
    size = ViewportSize(width=request.param, height=900)
    with browser.new_context(
        viewport=size, base_url=live_server.url, accept_downloads=True
    ) as context:
        opened = context.new_page()
        opened.goto("/account/login/")
        opened.get_by_label("E-mail address").fill(str(lead.email))
        opened.get_by_label("Password").fill(PASSWORD)
        opened.get_by_role("button", name="Sign in").click()
        opened.wait_for_url(f"{live_server.url}/")
        yield opened


def look(page: Page) -> None:
    """Hold the page against the rules of accessibility; nothing may stick out sideways."""
    size = page.viewport_size
    assert size
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url


def test_answers_are_published_taken_away_entered_and_carried_over(
    page: Page, assessment: Assessment
) -> None:
    _publish(page, assessment)
    _take_away(page)
    _enter(page)
    _carry_over(page, assessment)
    _confirm(page)
    # The file came without its events: only what this journey is about is asked.
    assert [*standing_follows_from_the_evidence(), *publications_are_as_published()] == []


def _publish(page: Page, assessment: Assessment) -> None:
    page.goto(f"/assessment/{assessment.public_id}/")
    page.get_by_role("link", name="Publications", exact=True).click()
    expect(page.get_by_text("Nothing is published yet.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Publish the present answers").click()
    expect(page.get_by_role("heading", name="What happens when you publish")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Publish as Standards Met").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")
    look(page)
    page.get_by_label("I have read the answers on this page, and they are true").check()
    page.get_by_role("button", name="Publish as Standards Met").click()
    expect(page.get_by_text("Published: Standards Met.")).to_be_visible()
    look(page)


def _take_away(page: Page) -> None:
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take the answers away as XLSX").click()
    sheet = load_workbook(io.BytesIO(taken.value.path().read_bytes())).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
    assert "Training register, version 1" in str(rows[1][5])


def _enter(page: Page) -> None:
    published_at = Publication.objects.get().published_at
    page.get_by_role("link", name="Say that it is in the toolkit").click()
    look(page)
    for name, value in (
        ("Day", published_at.day),
        ("Month", published_at.month),
        ("Year", published_at.year),
    ):
        page.get_by_label(name, exact=True).fill(str(value))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(re.compile("^Entered "))).to_be_visible()


def _carry_over(page: Page, assessment: Assessment) -> None:
    page.goto(f"/assessment/{assessment.public_id}/")
    page.get_by_role("link", name="Carry over to a new edition").click()
    look(page)
    page.get_by_role("button", name="Carry over to Made-up edition 2").click()
    expect(page.get_by_role("heading", name="What was carried over")).to_be_visible()
    expect(page.get_by_text("Which policies do you have, and who approved them?")).to_be_visible()
    look(page)


def _confirm(page: Page) -> None:
    page.get_by_label(re.compile("^2.1 ")).check()
    page.get_by_label(re.compile("^2.4 ")).check()
    page.get_by_role("button", name="I have read the ticked answers and they still hold").click()
    expect(page.get_by_text("You confirmed 2 answers.")).to_be_visible()
    expect(page.get_by_text("2 of 6 questions are answered and confirmed.")).to_be_visible()
    look(page)
