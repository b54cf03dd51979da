"""The page for anybody, in a real browser: usable at every width, without script or cookie."""

from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from portal.sealing.actions.register_key import register_key
from portal.sealing.models import Seal
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import make_key
from tests.portal.chrome.browsing import WIDTHS, browser, violations
from tests.portal.sealing.conftest import happen

__all__ = ["browser"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sealed(tmp_path: Path) -> Seal:
    """Return the seal of one event, for all who look."""
    folder = tmp_path / "data" / "sealer"
    key = make_key(folder, "care.example/record")
    with transaction.atomic():
        register_key(key, now=timezone.now())
        happen()
    made = Sealer(key, folder).work(timezone.now())
    assert made is not None
    return made


def test_anybody_checks_a_checkpoint_without_script(
    live_server: LiveServer, browser: Browser, sealed: Seal
) -> None:
    for width in WIDTHS.values():
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{live_server.url}/record/check/")
        page.get_by_label("Checkpoint or proof").fill(sealed.note)
        page.get_by_role("button", name="Check it").click()

        expect(page.get_by_role("heading", name="It holds")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not page.context.cookies()
        page.close()

    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{live_server.url}/record/check/")
    plain.get_by_label("Checkpoint or proof").fill(sealed.note.replace("\n1\n", "\n2\n"))
    plain.get_by_role("button", name="Check it").click()
    expect(plain.get_by_role("heading", name="It does not hold")).to_be_visible()
    plain.context.close()
