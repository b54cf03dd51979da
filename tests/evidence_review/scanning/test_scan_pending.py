"""``manage.py scan_pending``."""

from io import StringIO

import pytest
from django.core.management import call_command

from evidence_review.evidence.states import VersionState
from evidence_review.scanning.actions.claim_check import claim_check
from tests.evidence_review.scanning import doubles

pytestmark = pytest.mark.django_db


def scan_pending() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("scan_pending", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_waiting_files_are_checked_and_what_became_of_them_is_printed(scanner, upload) -> None:
    scanner.finds = b"bad"
    good, bad = upload(b"good"), upload(b"bad")
    out, err = scan_pending()
    assert f"{good.public_id}  {good.sha256[:12]}  notes.txt: In review" in out
    assert f"{bad.public_id}  {bad.sha256[:12]}  notes.txt: Contains a virus" in out
    assert "2 waiting, 0 still waiting." in out
    assert err == ""


def test_a_scanner_that_is_not_ready_is_said_first(upload, settings) -> None:
    settings.SCANNER = doubles.BROKEN
    version = upload()
    out, err = scan_pending()
    assert "The double does not answer." in err
    assert "could not be checked" in out
    version.refresh_from_db()
    assert version.state == VersionState.WAITING


def test_what_another_process_checks_is_left_to_it(scanner, upload) -> None:
    claim_check(upload().public_id)
    out, _ = scan_pending()
    assert "left alone" in out
    assert scanner.scanned == []
