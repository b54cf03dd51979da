"""A worker killed outright at each named point of a check, and what a restart makes of it."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clamd import EICAR
from django.db import connection, transaction
from django_q.signals import post_spawn

from evidence_review.evidence.models import EvidenceVersion, GateReport
from evidence_review.evidence.states import VersionState
from evidence_review.scanning.actions.check_version import CHECK_TASK
from evidence_review.scanning.models import Verdict
from portal.jobs import enqueue
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb
from tests.broken import broken_but_for_factories
from tests.factories import VersionFactory
from tests.faults.conftest import ROOT, Environment
from tests.fixtures.jobs import RunJobs

POINTS = [
    "check.claimed",
    "check.gated",
    "check.scanned",
    "check.before_commit",
    "check.after_commit",
]
_SECONDS = 30


def uploaded(content: bytes) -> EvidenceVersion:
    """A version as an acknowledged upload leaves it: bytes, row, event and job."""
    with transaction.atomic():
        version: EvidenceVersion = VersionFactory.create(
            waiting=True,
            content=content,
            stored=True,
            extension="txt",
            media_type="text/plain",
            original_name="notes.txt",
        )
        record(
            Verb.VERSION_UPLOADED,
            version.record_ref,
            actor=version.uploaded_by,
            after=version.state,
            sha256=version.sha256,
        )
        enqueue(CHECK_TASK, version.public_id)
    return version


def events_after_upload(version: EvidenceVersion) -> list[str]:
    events = Event.objects.filter(object_ref=version.evidence.public_id, object_version=1)
    return list(events.order_by("seq").values_list("verb", flat=True))[1:]


@pytest.mark.parametrize("point", POINTS)
def test_a_check_whose_worker_is_killed_is_made_once_after_the_restart(
    point: str, clamd: Path, run_worker: Callable[..., int], run_jobs: RunJobs
) -> None:
    clean, infected = uploaded(b"nothing in here"), uploaded(EICAR)
    assert run_worker(die_at=point) == -signal.SIGKILL
    assert not EvidenceVersion.objects.filter(state=VersionState.APPROVED).exists()
    # Another worker starts, takes up what was left, and is given the dead one's jobs once more.
    post_spawn.send(sender="django_q", proc_name="another worker")
    run_jobs()
    for version, state, verb, verdict in (
        (clean, VersionState.IN_REVIEW, "version.submitted", "clean"),
        (infected, VersionState.INFECTED, "version.infected", "infected"),
    ):
        version.refresh_from_db()
        assert version.state == state
        assert events_after_upload(version) == [verb]
        assert Verdict.objects.get(sha256=version.sha256).verdict == verdict
        assert GateReport.objects.filter(version=version).count() == 1
    assert broken_but_for_factories() == []


@pytest.fixture
def cluster(
    clamd: Path, environment: Environment, tmp_path: Path
) -> Iterator[Callable[[str], None]]:
    """Start real clusters whose first worker to reach a point dies; stop them at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(die_at: str) -> None:
        connection.close()
        with (tmp_path / "cluster.log").open("ab") as log:
            started.append(
                subprocess.Popen(
                    [sys.executable, "-m", "config.worker"],
                    env=environment(die_at),
                    cwd=ROOT,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=_SECONDS)


def test_the_real_cluster_replaces_a_killed_worker_and_finishes_the_check(
    cluster: Callable[[str], None], tmp_path: Path
) -> None:
    version = uploaded(b"nothing in here")
    cluster("check.scanned")
    ends = time.monotonic() + _SECONDS
    while time.monotonic() < ends:
        version.refresh_from_db()
        if version.state != VersionState.WAITING:
            break
        time.sleep(0.1)
    assert (tmp_path / "has-died").exists(), (tmp_path / "cluster.log").read_text()
    assert version.state == VersionState.IN_REVIEW, (tmp_path / "cluster.log").read_text()
    assert events_after_upload(version) == ["version.submitted"]
