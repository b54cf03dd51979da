"""The way in, in a real browser: forms under "no referrer", accessibility, phone and desk."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, Page, sync_playwright

from evidence_review.inspection.models import InspectorAccess
from tests.evidence_review.inspection.conftest import ShowEvidence, mailed_code, page
from tests.fixtures.jobs import RunJobs

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("PORTAL_TEST_CHROMIUM", "/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright's own loop runs in this thread; Django would take it for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


def check(shown: Page, width: int) -> None:
    """Hold a page against the rules of accessibility, and see that nothing sticks out sideways."""
    results = Axe().run(shown)
    assert results.violations_count == 0, results.generate_report()
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 360])
def test_an_inspector_gets_in_looks_prints_downloads_and_leaves(
    chromium: Browser,
    live_server: Any,
    access: InspectorAccess,
    show_evidence: ShowEvidence,
    run_jobs: RunJobs,
    width: int,
) -> None:
    show_evidence(claim="We test it.", approved=True, stored=True, content=b"The very file.")
    shown = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    problems: list[str] = []
    shown.on("console", lambda message: problems.append(message.text))
    shown.goto(live_server.url + page("open", access))
    check(shown, width)
    shown.get_by_role("button", name="Send me a code").click()
    run_jobs()
    check(shown, width)
    shown.get_by_label("Code").fill("1234")
    shown.get_by_role("button", name="Open the evidence summary").click()
    check(shown, width)
    assert shown.evaluate("document.activeElement.className").startswith("nhsuk-error-summary")
    shown.get_by_label("Code").fill(mailed_code())
    shown.get_by_role("button", name="Open the evidence summary").click()
    assert "We test it." in shown.inner_text("main")
    check(shown, width)
    with shown.expect_download() as download:
        shown.get_by_role("link", name=re.compile("version 1")).click()
    assert download.value.path().read_bytes() == b"The very file."
    shown.get_by_role("link", name="Print this summary").click()
    check(shown, width)
    assert shown.get_by_role("button", name="Print this page").is_visible()
    shown.get_by_role("button", name="Sign out").click()
    assert "You have signed out" in shown.inner_text("main")
    check(shown, width)
    assert len(mail.outbox) == 1
    assert problems == []
