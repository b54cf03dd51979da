"""``manifest.json``: everything in a pack, with its SHA-256. See docs/pack-format.md."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evidence_review.inspection.past import EvidenceThen
from evidence_review.packs.contents import Contents
from portal.record.canonical import time_text

KIND = "wellkept.org/inspection-pack@v1"


@dataclass(frozen=True)
class ListedFile:
    """One member that the manifest lists."""

    path: str
    size: int
    sha256: str


def canonical_json(value: Mapping[str, Any]) -> bytes:
    """Return the one form of a JSON value: keys sorted, no spaces, UTF-8."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def manifest_bytes(contents: Contents, origin: str, files: Iterable[ListedFile]) -> bytes:
    """Return the exact bytes of a pack's manifest."""
    scope = contents.scope
    return canonical_json(
        {
            "v": 1,
            "kind": KIND,
            "origin": origin,
            "organisation": scope["organisation"],
            "scope": {
                "editions": scope["editions"],
                "statements": scope["statements"],
                "sites": scope["site_names"],
                "approved_from": scope["approved_from"],
                "approved_to": scope["approved_to"],
                "with_files": contents.with_files,
            },
            "as_at": {"size": contents.moment.size, "time": time_text(contents.moment.at)},
            "files": [{"path": one.path, "size": one.size, "sha256": one.sha256} for one in files],
            "evidence": [_entry(one, contents) for one in contents.evidence],
            "events": contents.events,
        }
    )


def _entry(one: EvidenceThen, contents: Contents) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "title": one.title,
        "version": one.number,
        "sha256": one.sha256,
        "size": one.size,
        "media_type": one.media_type,
        "path": contents.paths.get(one.ref, ""),
        "site": one.site,
        "kind": one.kind,
        "owner": one.owner,
        "approved_at": time_text(one.approved_at),
        "approved_by": one.approved_by,
        "requirements": list(one.requirements),
        "events": sorted(one.events),
    }
