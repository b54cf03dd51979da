"""The least that can be done: what the portal's figures are divided by."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

_CHUNK = 64 * 1024
RECEIVE_PATH = "/_floor/receive"


def who_am_i(request: HttpRequest) -> HttpResponse:
    """Load the session and the person, nothing else: the floor of every page behind sign-in."""
    return HttpResponse("yes" if request.user.is_authenticated else "no")


def receive(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Stream the body to a synced file while hashing it: the floor of every upload.

    A bare WSGI application: no framework, no form, no database.
    """
    left = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"]
    digest = hashlib.sha256()
    folder = Path(os.environ["PORTAL_DATA"]) / "floor"
    folder.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder) as kept:
        while left > 0 and (chunk := body.read(min(_CHUNK, left))):
            digest.update(chunk)
            kept.write(chunk)
            left -= len(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    answer = digest.hexdigest().encode()
    start_response("201 Created", [("Content-Length", str(len(answer)))])
    return [answer]


_COUNTS = """
    SELECT r.assessment_id, q.section, COUNT(*),
        SUM(CASE WHEN r.standing = 'complete' AND (r.good_until IS NULL OR r.good_until >= %s)
            THEN 1 ELSE 0 END)
    FROM assessments_response r
    JOIN frameworks_requirement q ON q.id = r.requirement_id
    JOIN assessments_assessment a ON a.id = r.assessment_id
    JOIN frameworks_edition e ON e.id = a.edition_id AND e.code = 'dspt-v8'
    GROUP BY r.assessment_id, q.section
"""


def count_answers(request: HttpRequest) -> HttpResponse:
    """Find out who asks, and count every answer by assessment and section in one statement."""
    if not request.user.is_authenticated:
        return HttpResponse("no")
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [timezone.localdate()])
        rows = cursor.fetchall()
    return HttpResponse(f"yes, {len(rows)} rows")


_SEARCH = {
    "sqlite": (
        "SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s "
        "ORDER BY rowid DESC LIMIT 10"
    ),
    "postgresql": (
        "SELECT id FROM search_searchdocument WHERE terms @@ plainto_tsquery('english', %s) "
        "ORDER BY id DESC LIMIT 10"
    ),
}


def find_words(request: HttpRequest) -> HttpResponse:
    """Find out who asks, and find ten texts with all the words in one statement.

    The youngest ten, in no order of merit: to work out which fit best would cost much more.
    """
    if not request.user.is_authenticated:
        return HttpResponse("no")
    words = request.GET["q"].split()
    if connection.vendor == "sqlite":
        words = [f'"{word}"' for word in words]
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH[connection.vendor], [" ".join(words)])
        rows = cursor.fetchall()
    return HttpResponse(f"yes, {rows}")
