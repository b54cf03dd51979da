"""Bytes go out as attachments, in ranges, and stop when the right to them ends."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from evidence_review.evidence.delivery import serve_version
from evidence_review.evidence.models import EvidenceVersion
from tests.factories import VersionFactory

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 4


@pytest.fixture
def version() -> EvidenceVersion:
    return VersionFactory.create(content=CONTENT, stored=True, original_name="Ünïcode “x”.pdf")


Response = HttpResponse | StreamingHttpResponse


def _get(version: EvidenceVersion, **headers: str) -> Response:
    return serve_version(RequestFactory().get("/", headers=headers), version)


def _body(response: Response) -> bytes:
    body = b"".join(response)
    response.close()
    return body


def test_the_whole_file_goes_out_as_an_attachment_in_a_sandbox(version: EvidenceVersion) -> None:
    response = _get(version)
    assert response.status_code == 200
    assert _body(response) == CONTENT
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=1000-", 1000, 1023),
     ("bytes=-4", 1020, 1023), ("bytes=5-99999", 5, 1023), ("bytes=-99999", 0, 1023)],
)  # fmt: skip
def test_a_range_gives_just_those_bytes(
    version: EvidenceVersion, asked: str, start: int, end: int
) -> None:
    response = _get(version, range=asked)
    assert _body(response) == CONTENT[start : end + 1]
    if (start, end) != (0, 1023):
        assert response.status_code == 206
        assert response["Content-Range"] == f"bytes {start}-{end}/1024"


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=9999-10000", "bytes=-0", "bytes=20-10"])
def test_a_range_outside_the_file_is_refused(version: EvidenceVersion, asked: str) -> None:
    response = _get(version, range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */1024"


@pytest.mark.parametrize("asked", ["", "bytes=-", "lines=1-2", "bytes=0-1,5-6", "bytes=a-b"])
def test_a_range_nobody_understands_gives_the_whole_file(
    version: EvidenceVersion, asked: str
) -> None:
    assert _body(_get(version, range=asked)) == CONTENT


def test_a_range_of_another_file_gives_the_whole_file(version: EvidenceVersion) -> None:
    assert _body(_get(version, range="bytes=0-1", if_range='"other"')) == CONTENT


def test_a_download_breaks_off_when_the_right_to_it_ends(
    version: EvidenceVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence_review.evidence.delivery.PIECE", 256)
    answers: Iterator[bool] = iter([True, False])
    response = serve_version(
        RequestFactory().get("/"),
        version,
        still_allowed=lambda: next(answers),
        check_every_seconds=0,
    )
    pieces = iter(response)
    assert next(pieces) == CONTENT[:256]
    with pytest.raises(ConnectionAbortedError):
        next(pieces)


def test_missing_bytes_are_said_not_served_as_an_empty_file() -> None:
    response = _get(VersionFactory.create(content=b"never stored"))
    assert response.status_code == 503
    assert b"not here any more" in response.content
