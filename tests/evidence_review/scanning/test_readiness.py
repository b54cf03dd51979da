"""When the scanner may be relied on, and what people are told when it may not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import RequestFactory

from evidence_review.scanning import readiness
from evidence_review.scanning.clamav import ClamAV
from tests.evidence_review.scanning import doubles
from tests.evidence_review.scanning.scripted_clamd import ScriptedClamd, says
from tests.evidence_review.scanning.scripts import knows_the_test_file
from tests.evidence_review.scanning.signatures import clamd_with_signatures


def dated(script: ScriptedClamd, age: timedelta) -> None:
    moment = datetime.now(UTC) - age
    script.behaviour = knows_the_test_file
    script.version = f"ClamAV 1.4.6/27801/{moment:%a %b %d %H:%M:%S %Y}\n".encode()


def notices() -> list[str]:
    return readiness.admin_notices(RequestFactory().get("/admin/"))


def test_fresh_signatures_and_a_working_engine_are_ready(script: ScriptedClamd) -> None:
    dated(script, timedelta(hours=3))
    found = ClamAV().ready()
    assert (found.ready, found.warning, found.test_only) == (True, "", False)
    assert found.version is not None
    assert found.version.signature_version == "27801"


@pytest.mark.parametrize(
    ("hours", "ready", "warned"), [(23, True, False), (25, True, True), (49, False, False)]
)
def test_signatures_are_warned_of_after_a_day_and_refused_after_two(
    script: ScriptedClamd, hours: int, ready: bool, warned: bool
) -> None:
    dated(script, timedelta(hours=hours))
    found = ClamAV().ready()
    assert (found.ready, bool(found.warning)) == (ready, warned)


def test_signatures_from_the_future_are_not_believed(script: ScriptedClamd) -> None:
    dated(script, -timedelta(days=3))
    assert not ClamAV().ready().ready


def test_a_real_clamd_with_old_signatures_is_not_ready_until_it_has_new_ones(
    settings,
) -> None:
    settings.ALLOW_TEST_SIGNATURES = False
    now = datetime.now(UTC)
    with clamd_with_signatures(27800, now - timedelta(hours=60)) as dated_clamd:
        settings.CLAMD_SOCKET = str(dated_clamd.daemon.socket)
        old = ClamAV().ready()
        assert not old.ready
        assert "hours old" in old.problem
        dated_clamd.give(27801, now - timedelta(hours=1))
        new = ClamAV().ready()
        assert (new.ready, new.test_only) == (True, False)


def test_an_engine_that_finds_nothing_is_not_ready(script: ScriptedClamd) -> None:
    dated(script, timedelta(hours=1))
    script.behaviour = says(b"stream: OK\n")
    assert "test file" in ClamAV().ready().problem


def test_an_engine_that_finds_something_in_everything_is_not_ready(script: ScriptedClamd) -> None:
    dated(script, timedelta(hours=1))
    script.behaviour = says(b"stream: Everything FOUND\n")
    assert "harmless" in ClamAV().ready().problem


@pytest.mark.parametrize(
    ("pong", "version"),
    [(b"PANG\n", b"ClamAV 1.4.6\n"), (b"PONG\n", b"who asks\n"), (b"", b"ClamAV 1.4.6\n")],
)
def test_strange_answers_are_not_ready(script: ScriptedClamd, pong: bytes, version: bytes) -> None:
    script.behaviour = knows_the_test_file
    script.pong, script.version = pong, version
    assert not ClamAV().ready().ready


def test_no_clamd_is_not_ready_and_the_admin_says_so(tmp_path: Path, settings) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")
    assert notices()[0].startswith("The virus check is not working.")


def test_the_admin_says_that_only_a_test_signature_is_known(clamd: Path) -> None:
    assert "test signature" in notices()[0]


def test_the_admin_is_silent_when_all_is_well(script: ScriptedClamd) -> None:
    dated(script, timedelta(hours=1))
    assert notices() == []


def test_the_admin_is_warned_of_signatures_over_a_day_old(script: ScriptedClamd) -> None:
    dated(script, timedelta(hours=30))
    assert "30 hours old" in notices()[0]


def test_readiness_is_found_out_once_a_minute(settings) -> None:
    settings.SCANNER = doubles.CLEAN
    doubles.CleanScanner.asked.clear()
    assert readiness.current() == readiness.current()
    assert doubles.CleanScanner.asked == ["ready"]


def test_what_is_remembered_of_one_scanner_is_not_said_of_another(settings) -> None:
    settings.SCANNER = doubles.CLEAN
    assert readiness.current().ready
    settings.SCANNER = doubles.BROKEN
    assert not readiness.current().ready
