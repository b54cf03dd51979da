"""The text of a version as it is shown, made once: a published text never changes.

What is kept here is the same for everybody who may read the policy. Nothing about the person who
reads is in it, and it is found by the version and its SHA-256, so no other text can stand for it.
"""

import time
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.policies.blocks import sections_of
from portal.policies.comparing import changes_between
from portal.policies.models import PolicyVersion

_KEPT = 256
_RENEWED_EVERY_SECONDS = 3600
"""A link inside a text may come to lead to another address, so texts are made again at times."""


@dataclass(frozen=True)
class Text:
    """A version's contents list and numbered sections, as HTML."""

    contents: SafeString
    sections: SafeString


def text_of(version: PolicyVersion) -> Text:
    """Return the text of a version as HTML."""
    return _text(version.pk, version.sha256, int(time.time()) // _RENEWED_EVERY_SECONDS)


@lru_cache(maxsize=_KEPT)
def _text(version_id: int, sha256: str, hour: int) -> Text:
    version = PolicyVersion.objects.select_related("revision").get(pk=version_id)
    # From the revision, never from the page: that may hold the next version by now.
    body = version.revision.as_object().body
    sections = sections_of(body)
    first = 0 if sections and not sections[0].heading else 1
    context = {"sections": list(enumerate(sections, start=first))}
    return Text(
        contents=render_to_string("reading/_contents.html", context),
        sections=render_to_string("reading/_sections.html", context),
    )


@dataclass(frozen=True)
class Changes:
    """What changed from one version to another: how many parts, and the parts as HTML."""

    parts: int
    html: SafeString


def changes_of(older: PolicyVersion, newer: PolicyVersion) -> Changes:
    """Return the parts that readers see differently in the newer version, and no others."""
    return _changes((older.pk, older.sha256), (newer.pk, newer.sha256))


@lru_cache(maxsize=_KEPT)
def _changes(older: tuple[int, str], newer: tuple[int, str]) -> Changes:
    versions = PolicyVersion.objects.select_related("revision").in_bulk([older[0], newer[0]])
    found = changes_between(versions[older[0]], versions[newer[0]])
    changed = [part for part in found if part.is_changed or part.left_out]
    html = render_to_string("components/differences.html", {"parts": changed})
    return Changes(len(changed), SafeString(html))
