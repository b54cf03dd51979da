"""Giving out a file: written down first, and broken off when the right to it ends."""

import http.client
import time
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http.response import StreamingHttpResponse
from django.test import Client

from evidence_review.evidence import delivery
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.inspection.actions.close_session import close_session
from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.models import InspectorAccess, InspectorSession
from portal.people.models import User
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.inspection.conftest import Clock, Enter, ShowEvidence, page
from tests.factories import VerdictFactory

CONTENT = bytes(range(256)) * 64
CHUNK = 1024
pytestmark = pytest.mark.django_db


@pytest.fixture
def version(show_evidence: ShowEvidence) -> EvidenceVersion:
    """A shown version whose bytes are kept."""
    return show_evidence(
        approved=True, content=CONTENT, stored=True, original_name="Drill, May.pdf"
    )


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second pass with every piece of a download, so that it is asked after often."""
    seconds = iter(range(10**6))
    monkeypatch.setattr(delivery, "PIECE", CHUNK)
    monkeypatch.setattr(delivery, "time", SimpleNamespace(monotonic=lambda: next(seconds)))


def begin(
    browser: Client, access: InspectorAccess, version: EvidenceVersion, **headers: str
) -> Any:
    return browser.get(page("download", access, version.public_id), headers=headers)


def pieces(answer: Any) -> Iterator[bytes]:
    assert isinstance(answer, StreamingHttpResponse)
    return iter(answer)


def test_the_file_comes_whole_as_an_attachment_that_is_not_kept_anywhere(
    access: InspectorAccess, enter: Enter, version: EvidenceVersion
) -> None:
    answer = begin(enter(access), access, version)
    assert b"".join(answer) == CONTENT
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Drill, May.pdf"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_download_is_written_down_before_its_first_byte(
    access: InspectorAccess, enter: Enter, version: EvidenceVersion
) -> None:
    answer = begin(enter(access), access, version)
    event = Event.objects.latest("seq")
    assert event.verb == Verb.INSPECTOR_ACCESS_VERSION_DOWNLOADED
    assert event.object == version.record_ref
    assert event.actor_ref == access.actor_ref
    assert event.sha256 == version.sha256
    assert event.facts == {"access": access.public_id}
    assert event.detail_data["file"] == "Drill, May.pdf"
    assert b"Drill" not in bytes(event.body)
    assert b"".join(answer) == CONTENT


def test_a_download_that_broke_can_be_carried_on(
    access: InspectorAccess, enter: Enter, version: EvidenceVersion
) -> None:
    answer = begin(enter(access), access, version, range="bytes=1000-")
    assert answer.status_code == 206
    assert b"".join(answer) == CONTENT[1000:]


def test_without_a_session_there_is_only_the_door(
    access: InspectorAccess, client: Client, version: EvidenceVersion
) -> None:
    before = Event.objects.count()
    answer = begin(client, access, version)
    assert answer.headers["Location"] == page("open", access)
    assert Event.objects.count() == before


def test_asking_for_the_headers_alone_gives_nothing_and_writes_nothing(
    access: InspectorAccess, enter: Enter, version: EvidenceVersion
) -> None:
    browser = enter(access)
    before = Event.objects.count()
    assert browser.head(page("download", access, version.public_id)).status_code == 405
    assert Event.objects.count() == before


@pytest.mark.usefixtures("ticking")
class TestInTheMiddle:
    """What ends a download that is running; it is asked after every two seconds."""

    def broken_off(self, running: Iterator[bytes]) -> None:
        came: list[bytes] = []
        with pytest.raises(ConnectionAbortedError):
            came.extend(running)
        # Two seconds of the ticking clock are three pieces at most.
        assert len(came) <= 3

    def test_nothing_happens_to_one_that_stays_allowed(
        self, access: InspectorAccess, enter: Enter, version: EvidenceVersion
    ) -> None:
        assert b"".join(begin(enter(access), access, version)) == CONTENT

    def test_revoking_breaks_it_off(
        self, access: InspectorAccess, enter: Enter, version: EvidenceVersion, ig_lead: User
    ) -> None:
        running = pieces(begin(enter(access), access, version))
        assert len(next(running)) == CHUNK
        revoke_access(access, actor=ig_lead)
        self.broken_off(running)

    def test_the_end_of_the_access_breaks_it_off(
        self, access: InspectorAccess, enter: Enter, version: EvidenceVersion, clock: Clock
    ) -> None:
        running = pieces(begin(enter(access), access, version))
        next(running)
        clock.forward(days=14, seconds=1)
        self.broken_off(running)

    def test_signing_out_breaks_it_off(
        self, access: InspectorAccess, enter: Enter, version: EvidenceVersion
    ) -> None:
        running = pieces(begin(enter(access), access, version))
        next(running)
        close_session(InspectorSession.objects.get(), actor=access)
        self.broken_off(running)

    def test_a_virus_found_meanwhile_breaks_it_off(
        self, access: InspectorAccess, enter: Enter, version: EvidenceVersion
    ) -> None:
        running = pieces(begin(enter(access), access, version))
        next(running)
        VerdictFactory.create(sha256=version.sha256, found_later=True)
        self.broken_off(running)

    def test_a_download_longer_than_the_idle_time_goes_on(
        self, access: InspectorAccess, enter: Enter, version: EvidenceVersion, clock: Clock
    ) -> None:
        answer = begin(enter(access), access, version)
        running = pieces(answer)
        first = next(running)
        clock.forward(minutes=45)
        assert first + b"".join(running) == CONTENT


@pytest.mark.django_db(transaction=True)
def test_over_a_real_connection_revoking_breaks_a_download_off_within_five_seconds(
    access: InspectorAccess,
    enter: Enter,
    show_evidence: ShowEvidence,
    ig_lead: User,
    live_server: Any,
) -> None:
    size = 48 * 1024 * 1024
    version = show_evidence(approved=True, content=bytes(size), stored=True)
    key = enter(access).cookies["inspector"].value
    connection = http.client.HTTPConnection(urlsplit(live_server.url).netloc, timeout=2)
    address = page("download", access, version.public_id)
    connection.request("GET", address, headers={"Cookie": f"inspector={key}"})
    answer = connection.getresponse()
    assert answer.status == 200
    before = len(answer.read(1024 * 1024))
    revoke_access(access, actor=ig_lead)
    revoked_at = time.monotonic()
    after, last_byte_at = _read_to_the_end(answer)
    assert last_byte_at - revoked_at <= 5
    assert 0 < before + after < size
    connection.close()


def _read_to_the_end(answer: http.client.HTTPResponse) -> tuple[int, float]:
    """Read at a steady pace until nothing comes; return how much came and when the last of it."""
    received, last_byte_at = 0, time.monotonic()
    with suppress(TimeoutError, ConnectionError, http.client.IncompleteRead):
        while piece := answer.read1(256 * 1024):
            received, last_byte_at = received + len(piece), time.monotonic()
            time.sleep(0.02)
    return received, last_byte_at
