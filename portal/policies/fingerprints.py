"""The fingerprint of what people read of a policy."""

import hashlib
import json
from typing import Any

from wagtail.models import Page, Revision


def text_sha256(page: Page) -> str:
    """Return the SHA-256, in hex, of the text people read, in one canonical form."""
    return _of(page.title, page.summary, page.body)


def text_sha256_of(revision: Revision, page: Page) -> str:
    """Return the same of a revision of ``page``."""
    body = page._meta.get_field("body").to_python(revision.content["body"])
    return _of(revision.content["title"], revision.content["summary"], body)


def _of(title: str, summary: str, body: Any) -> str:
    text = {"title": title, "summary": summary, "body": body.get_prep_value()}
    canonical = json.dumps(text, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
