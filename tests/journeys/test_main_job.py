"""The main job, from a contributor's upload to the inspector's summary, in a real browser."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.inspection.models import InspectorAccess
from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.record.actors import SETUP
from tests.broken import broken_but_for_factories
from tests.factories import PASSWORD, PersonFactory, SiteFactory
from tests.files import pdfs
from tests.fixtures.jobs import RunJobs
from tests.portal.chrome.browsing import browser, violations

__all__ = ["browser"]
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clamd"),
]
SIZES = pytest.mark.parametrize("width", [1280, 360], ids=["desk", "phone"])


@pytest.fixture
def site() -> Site:
    load_catalogue(actor=SETUP)
    return SiteFactory.create(name="Rowan House (demo)")


@pytest.fixture
def contributor(site: Site) -> User:
    return PersonFactory.create(role=Role.CONTRIBUTOR, site=site, first_name="Priya")


@pytest.fixture
def lead(site: Site) -> User:
    return PersonFactory.create(role=Role.IG_LEAD, first_name="Grace")


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "Team meeting.pdf"
    path.write_bytes(pdfs.pdf())
    return path


def _sign_in(context: BrowserContext, live_server: LiveServer, person: User) -> Page:
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_label("E-mail address").fill(str(person.email))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live_server.url}/")
    return page


def _is_fit(page: Page, width: int) -> None:
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@SIZES
def test_a_file_goes_from_the_contributor_by_the_ig_lead_to_the_inspector(
    browser: Browser,
    live_server: LiveServer,
    contributor: User,
    lead: User,
    minutes: Path,
    run_jobs: RunJobs,
    width: int,
) -> None:
    size = ViewportSize(width=width, height=900)
    with browser.new_context(viewport=size) as context:
        _contributor_uploads(_sign_in(context, live_server, contributor), minutes, run_jobs, width)
    with browser.new_context(viewport=size) as context:
        page = _sign_in(context, live_server, lead)
        _lead_approves(page, live_server, width)
        link = _lead_invites(page, live_server)
    with browser.new_context(viewport=size) as context:
        _inspector_looks(context.new_page(), link, minutes, run_jobs, width)
    assert broken_but_for_factories() == []


def _contributor_uploads(page: Page, minutes: Path, run_jobs: RunJobs, width: int) -> None:
    _is_fit(page, width)
    page.goto(page.url + "evidence/add/")
    _is_fit(page, width)
    page.get_by_label("Choose files, or drop them here").set_input_files(minutes)
    page.get_by_label("Title").fill("Team meeting, October")
    page.get_by_label("What it shows (optional)").fill("We learn together.")
    page.locator("#id_requirements").get_by_text("Well-led", exact=True).click()
    page.get_by_label(re.compile("^WL7")).check()
    page.get_by_role("button", name="Upload these files").click()
    expect(page.get_by_text("Waiting for virus check")).to_be_visible()
    run_jobs()
    # Nobody reloads: the list follows the check.
    expect(page.locator(".wk-state", has_text="In review")).to_be_visible(timeout=10_000)
    _is_fit(page, width)
    page.get_by_role("link", name="Team meeting, October").click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    _is_fit(page, width)
    page.get_by_role("link", name="All evidence").click()
    _is_fit(page, width)


def _lead_approves(page: Page, live_server: LiveServer, width: int) -> None:
    page.goto(f"{live_server.url}/admin/evidence/review/")
    page.locator("#wagtail.ready").wait_for()
    _is_fit(page, width)
    page.get_by_role("link", name="Team meeting, October", exact=True).click()
    page.locator("#wagtail.ready").wait_for()
    _is_fit(page, width)
    page.get_by_role("button", name="Approve version 1").click()
    expect(page.get_by_text("Version 1 of", exact=False).first).to_be_visible()
    assert EvidenceVersion.objects.get().state == VersionState.APPROVED


def _lead_invites(page: Page, live_server: LiveServer) -> str:
    page.goto(f"{live_server.url}/admin/inspectors/give/")
    page.locator("#wagtail.ready").wait_for()
    page.get_by_label("Inspector's name").fill("Jo Marsh (demo)")
    page.get_by_label("Work e-mail address").fill("inspector@demo.example")
    page.get_by_label("Last day").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    page.get_by_label("Every site").check()
    for edition in page.get_by_label(re.compile("well-led quality statements")).all():
        edition.check()
    page.get_by_role("button", name=re.compile("^Give")).click()
    access = InspectorAccess.objects.get()
    return f"{live_server.url}/inspection/{access.link_key}/"


def _inspector_looks(page: Page, link: str, minutes: Path, run_jobs: RunJobs, width: int) -> None:
    page.goto(link)
    _is_fit(page, width)
    page.get_by_role("button", name="Send me a code").click()
    run_jobs()
    code = re.search(r"Your code is (\d{4} \d{4})", str(mail.outbox[-1].body))
    assert code
    page.get_by_label("Code").fill(code[1])
    page.get_by_role("button", name="Open the evidence summary").click()
    assert "We learn together." in page.inner_text("main")
    _is_fit(page, width)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("version 1")).first.click()
    assert download.value.path().read_bytes() == minutes.read_bytes()
