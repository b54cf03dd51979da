"""Giving out the file of a pack."""

from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from evidence_review.evidence.delivery import GivenFile, serve_file
from evidence_review.evidence.storage import BytesMissing
from evidence_review.packs.models import Pack
from evidence_review.packs.storage import open_file


def serve_pack(
    request: HttpRequest, pack: Pack, *, still_allowed: Callable[[], bool]
) -> HttpResponseBase:
    """Return a ready pack's bytes, whole or in ranges, for as long as it is allowed."""
    if pack.size is None or pack.ready_at is None:
        raise ValueError("only a ready pack is given out")
    file = GivenFile(
        open=partial(_opened, pack.stored_name),
        name=pack.file_name,
        size=pack.size,
        sha256=pack.sha256,
        media_type="application/zip",
        made_at=pack.ready_at,
    )
    return serve_file(request, file, still_allowed=still_allowed)


def _opened(name: str) -> BinaryIO:
    try:
        return open_file(name)
    except FileNotFoundError:
        raise BytesMissing(name) from None
