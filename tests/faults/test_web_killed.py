"""A web server killed outright at each named point of an upload: what was acknowledged is there."""

import http.client
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.storage import byte_store, sha256_of
from portal.people.actions.token import create_token
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.broken import broken_but_for_factories
from tests.factories import PersonFactory, SiteFactory
from tests.faults.conftest import ROOT, Environment

POINTS = [
    "upload.received",
    "upload.before_link",
    "upload.after_bytes",
    "upload.before_commit",
    "upload.after_commit",
]
TEXT = b"Minutes of the meeting of 3 October\n" * 100
_SECONDS = 30


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def serve(environment: Environment) -> Iterator[Callable[..., int]]:
    """Start real web servers with one worker, perhaps to die at a point; give their port."""
    started: list[subprocess.Popen[bytes]] = []

    def start(die_at: str = "") -> int:
        connection.close()
        port = _free_port()
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers=1"]
        process = subprocess.Popen(
            [*command, f"--bind=127.0.0.1:{port}", "--log-level=error"],
            env=environment(die_at),
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        _wait_for(port)
        return port

    yield start
    for process in started:
        process.kill()
        process.wait(timeout=_SECONDS)


def _wait_for(port: int) -> None:
    ends = time.monotonic() + _SECONDS
    while time.monotonic() < ends:
        try:
            answer = _request(port, "GET", "/api/v1/health/")
        except OSError:
            time.sleep(0.1)
        else:
            assert answer[0] == 200, answer
            return
    raise AssertionError("the web server did not start")


def _request(
    port: int, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, bytes]:
    connected = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connected.request(method, path, body, headers)
        answer = connected.getresponse()
        return answer.status, answer.read()
    finally:
        connected.close()


def _upload(port: int, token: str, site: str, key: str) -> tuple[int, bytes]:
    mark = secrets.token_hex(8)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in (("title", "Minutes"), ("site", site))
    ]
    parts.append(
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="minutes.txt"\r\n'
        "Content-Type: text/plain\r\n\r\n".encode()
        + TEXT
        + f"\r\n--{mark}--\r\n".encode()
    )
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={mark}",
        "Idempotency-Key": key,
    }
    return _request(port, "POST", "/api/v1/evidence/", b"".join(parts), **headers)


@pytest.fixture
def sender(environment: Environment) -> tuple[str, str]:
    """Give a token and the site of somebody who may upload."""
    person: User = PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create())
    _, token = create_token(person, "faults", actor=person)
    site = person.memberships.get().site
    assert site
    return token, site.public_id


@pytest.mark.parametrize("point", POINTS)
def test_an_upload_cut_off_and_sent_again_is_there_exactly_once(
    point: str, serve: Callable[..., int], sender: tuple[str, str]
) -> None:
    port = serve(die_at=point)
    with pytest.raises((OSError, http.client.HTTPException)):
        _upload(port, *sender, key="once")
    kept_before = EvidenceVersion.objects.count()
    assert kept_before == (1 if point == "upload.after_commit" else 0)
    # The server puts another worker in the place of the one that died.
    status, _ = _upload(port, *sender, key="once")
    assert status == 201
    version = EvidenceVersion.objects.get()
    with byte_store().local_copy(version.sha256) as path:
        assert sha256_of(path) == version.sha256
    about = Event.objects.filter(object_ref=version.evidence.public_id)
    assert list(about.order_by("seq").values_list("verb", flat=True)) == [
        "evidence.created",
        "version.uploaded",
    ]
    assert broken_but_for_factories() == []
