"""Whatever clamd does, no file goes to review that it did not plainly call clean."""

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.scanning import readiness
from evidence_review.scanning.actions.check_version import check_version
from evidence_review.scanning.actions.rescan import plan_rescans
from evidence_review.scanning.conversation import Conversation
from evidence_review.scanning.models import Verdict, VersionCheck
from tests.evidence_review.scanning.scripted_clamd import Behaviour, ScriptedClamd
from tests.evidence_review.scanning.scripts import SCRIPTS, knows_the_test_file
from tests.evidence_review.scanning.signatures import clamd_with_signatures

pytestmark = pytest.mark.django_db
STATES = {
    Verdict.Value.CLEAN: VersionState.IN_REVIEW,
    Verdict.Value.INFECTED: VersionState.INFECTED,
    Verdict.Value.UNSCANNABLE: VersionState.UNSCANNABLE,
    Verdict.Value.ERROR: VersionState.WAITING,
}


@pytest.mark.parametrize(("behaviour", "verdict"), SCRIPTS)
def test_each_answer_of_clamd_leads_to_its_state(
    script: ScriptedClamd,
    upload: Callable[..., EvidenceVersion],
    behaviour: Behaviour,
    verdict: Verdict.Value,
) -> None:
    script.behaviour = knows_the_test_file
    assert readiness.measure().ready
    script.behaviour = behaviour
    version = upload(b"several chunks " * 20_000)
    assert check_version(version.public_id) is STATES[verdict]
    assert Verdict.objects.get().verdict == verdict
    version.refresh_from_db()
    assert version.state == STATES[verdict]


def test_a_clamd_killed_in_the_middle_of_a_scan_leaves_the_file_waiting(
    upload: Callable[..., EvidenceVersion], settings, monkeypatch
) -> None:
    with clamd_with_signatures(27801, datetime.now(UTC) - timedelta(hours=1)) as dated:
        settings.CLAMD_SOCKET = str(dated.daemon.socket)
        assert readiness.measure().ready
        version = upload(b"0123456789abcdef" * 65_536)
        process = dated.process
        assert process is not None
        original = Conversation._send_stream

        def kills_clamd_first(self: Conversation, stream, size: int) -> None:
            os.kill(process.pid, signal.SIGKILL)
            process.wait(timeout=10)
            original(self, stream, size)

        monkeypatch.setattr(Conversation, "_send_stream", kills_clamd_first)
        assert check_version(version.public_id) is VersionState.WAITING
        monkeypatch.undo()
        dated.start()
        VersionCheck.objects.update(next_attempt_at=timezone.now())
        assert check_version(version.public_id) is VersionState.IN_REVIEW
    assert list(Verdict.objects.order_by("pk").values_list("verdict", flat=True)) == [
        "error",
        "clean",
    ]


def test_signatures_that_grow_stale_stop_files_until_there_are_new_ones(
    upload: Callable[..., EvidenceVersion], settings
) -> None:
    now = datetime.now(UTC)
    with clamd_with_signatures(27800, now - timedelta(hours=50)) as dated:
        settings.CLAMD_SOCKET = str(dated.daemon.socket)
        version = upload()
        assert check_version(version.public_id) is VersionState.WAITING
        assert "hours old" in VersionCheck.objects.get().last_problem
        dated.give(27801, now - timedelta(hours=1))
        VersionCheck.objects.update(next_attempt_at=timezone.now())
        assert check_version(version.public_id) is VersionState.IN_REVIEW
    verdict = Verdict.objects.get(verdict="clean")
    assert verdict.signature_version == "27801"
    assert verdict.signature_date is not None


def test_new_signatures_recall_what_they_find_in_approved_files(
    upload: Callable[..., EvidenceVersion], settings, run_jobs
) -> None:
    now = datetime.now(UTC)
    with clamd_with_signatures(27801, now - timedelta(hours=2)) as dated:
        settings.CLAMD_SOCKET = str(dated.daemon.socket)
        version = upload(b"an invoice from a stranger")
        assert check_version(version.public_id) is VersionState.IN_REVIEW
        assert plan_rescans() is False
        found = b"an invoice from a stranger".hex()
        dated.give(27802, now - timedelta(hours=1), extra=f"Test.New:0:0:{found}\n")
        assert plan_rescans() is True
        run_jobs()
    version.refresh_from_db()
    assert version.state == VersionState.RECALLED
