"""Packs that the portal itself made, before both verifiers."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from evidence_review.packs.storage import packs_storage
from portal.people.models import Site
from portal.sealing.models import SealKey
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.packs.conftest import MakePack
from tests.evidence_review.packs.verifiers.asking import PAGE, asked
from tests.portal.chrome.browsing import browser

__all__ = ["browser"]
pytestmark = pytest.mark.django_db


def test_two_packs_of_a_portal_pass_in_the_program_and_on_the_page(
    make_pack: MakePack,
    evidence: None,
    living: Living,
    site: Site,
    browser: Browser,
    capsys: pytest.CaptureFixture[str],
) -> None:
    older = Path(packs_storage().path(make_pack().stored_name))
    living.approved("Night checks", site)
    newer = Path(packs_storage().path(make_pack(with_files=False).stored_name))
    key = SealKey.objects.get().fingerprint

    code, lines = asked(capsys, newer, older, key=key)

    assert code == 0, lines
    assert [line[:4] for line in lines[:-1]] == ["PASS"] * 10
    page = browser.new_page()
    page.goto(PAGE.as_uri())
    page.set_input_files("#pack", newer)
    page.set_input_files("#older", older)
    page.fill("#key", key)
    page.click("text=Check this pack")
    page.wait_for_selector("#print:not([hidden])")
    shown = page.eval_on_selector_all("li", "all => all.map((one) => one.dataset.line)")
    page.close()
    assert shown == lines[:-1]
