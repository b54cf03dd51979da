"""Giving out bytes: as an attachment, in ranges, and only for as long as it is allowed."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header, http_date

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.storage import BytesMissing, byte_store

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHECK_EVERY_SECONDS = 2.0
PIECE = 64 * 1024
"""Small, so that a slow client does not hold much that was read before its right ended."""


def always() -> bool:
    """Answer for those whose right does not run out while they download."""
    return True


@dataclass(frozen=True)
class GivenFile:
    """A file to be given out. ``open`` raises BytesMissing when it is not there."""

    open: Callable[[], BinaryIO]
    name: str
    size: int
    sha256: str
    media_type: str
    made_at: datetime


def serve_version(
    request: HttpRequest,
    version: EvidenceVersion,
    *,
    still_allowed: Callable[[], bool] = always,
    check_every_seconds: float = CHECK_EVERY_SECONDS,
) -> HttpResponse | StreamingHttpResponse:
    """Return the version's bytes as ``serve_file`` does."""
    file = GivenFile(
        open=partial(byte_store().open, version.sha256),
        name=version.original_name,
        size=version.size,
        sha256=version.sha256,
        media_type=version.media_type,
        made_at=version.uploaded_at,
    )
    return serve_file(
        request, file, still_allowed=still_allowed, check_every_seconds=check_every_seconds
    )


def serve_file(
    request: HttpRequest,
    file: GivenFile,
    *,
    still_allowed: Callable[[], bool] = always,
    check_every_seconds: float = CHECK_EVERY_SECONDS,
) -> HttpResponse | StreamingHttpResponse:
    """Return the file's bytes as a download. The caller has asked permission and recorded it.

    One byte range is honoured (206; 416 when it lies outside). While the bytes run,
    ``still_allowed`` is asked again every ``check_every_seconds``; when it says no the connection
    is broken off, so that the other side sees a failed download and never a short file as whole.
    """
    span = _span(request, file)
    if span is None:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{file.size}"
        return _guarded(refused, file)
    start, length = span
    try:
        source = file.open()
    except BytesMissing:
        return HttpResponse(
            "This file is not here any more. Tell your portal administrator.",
            status=503,
            content_type="text/plain; charset=utf-8",
        )
    source.seek(start)
    response: HttpResponse | StreamingHttpResponse
    if still_allowed is always and (start, length) == (0, file.size):
        response = FileResponse(source, content_type=file.media_type)
    else:
        pieces = _pieces(source, length, still_allowed, check_every_seconds)
        response = StreamingHttpResponse(pieces, content_type=file.media_type)
    response["Content-Length"] = str(length)
    if length != file.size:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{file.size}"
    return _guarded(response, file)


def _span(request: HttpRequest, file: GivenFile) -> tuple[int, int] | None:
    """Return (start, length) of what is asked for; ``None`` when it lies outside the file."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    condition = request.headers.get("If-Range")
    if asked is None or asked.groups() == ("", "") or (condition and condition != _tag(file)):
        return 0, file.size
    first, last = asked.groups()
    if not first:
        length = min(int(last), file.size)
        return (file.size - length, length) if length else None
    start = int(first)
    end = min(int(last), file.size - 1) if last else file.size - 1
    return (start, end - start + 1) if start <= end else None


def _tag(file: GivenFile) -> str:
    return f'"{file.sha256}"'


def _pieces(
    source: BinaryIO, length: int, still_allowed: Callable[[], bool], every: float
) -> Iterator[bytes]:
    asked_at = time.monotonic()
    with source:
        while length > 0:
            if time.monotonic() - asked_at >= every:
                if not still_allowed():
                    raise ConnectionAbortedError("access ended during the download")
                asked_at = time.monotonic()
            piece = source.read(min(PIECE, length))
            if not piece:
                raise ConnectionAbortedError("the file is shorter than its row says")
            length -= len(piece)
            yield piece


def _guarded(
    response: HttpResponse | StreamingHttpResponse, file: GivenFile
) -> HttpResponse | StreamingHttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _tag(file)
    response["Last-Modified"] = http_date(file.made_at.timestamp())
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
