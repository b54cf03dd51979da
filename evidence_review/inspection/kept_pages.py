"""Keep what was on a page an inspector was shown, and read it again.

The content is canonical JSON: UTF-8, sorted keys, no spaces. With it stands a keyed digest of the
facts themselves (``key``), so that its SHA-256, which the record holds for good, does not let
anybody find out a name by trying once the content was erased.
"""

import hashlib
import json
import zlib
from typing import Any

from evidence_review.inspection.codes import keyed_digest
from evidence_review.inspection.models import ShownPage
from evidence_review.inspection.shown import Facts, as_drawn, as_kept

FORM = "wellkept.org/shown-page@v1"
_FAST = 1


class NotAsKept(Exception):
    """The content is not that of which the record holds the SHA-256."""


def keep_page(facts: Facts) -> str:
    """Keep the facts of a page and return their SHA-256. One statement, in a transaction."""
    content = _canonical(facts)
    sha256 = hashlib.sha256(content).hexdigest()
    row = ShownPage(sha256=sha256, content=zlib.compress(content, _FAST))
    ShownPage.objects.bulk_create([row], ignore_conflicts=True)
    return sha256


def read_page(row: ShownPage) -> Facts | None:
    """Return the facts of a kept page as templates want them; ``None`` once they were erased.

    Raises:
        NotAsKept: the content was altered in the database.
    """
    if row.erased_at is not None:
        return None
    try:
        content = zlib.decompress(bytes(row.content))
    except zlib.error as problem:
        raise NotAsKept(row.sha256) from problem
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise NotAsKept(row.sha256)
    facts: Facts = as_drawn(json.loads(content)["page"])
    return facts


def _canonical(facts: Facts) -> bytes:
    page = as_kept(facts)
    key = keyed_digest("shown-page", _text(page))
    return _text({"form": FORM, "key": key, "page": page}).encode()


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
