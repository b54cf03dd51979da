"""What a publisher has seen, small enough to travel in a form, and what differs by now. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidence_review.assessments.frozen import fingerprints, refs_changed, sha256_of
from evidence_review.assessments.levels import Level
from evidence_review.assessments.models import PublishedAnswer


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What would be published: the level if any is reached, the sites, and every answer."""

    level: Level | None
    sites: Sequence[Mapping[str, str]]
    answers: Sequence[PublishedAnswer]

    @property
    def seen(self) -> "Seen":
        """What somebody to whom this is shown has seen."""
        return Seen(
            level=self.level.code if self.level else "",
            sites=_digest_of_sites(self.sites),
            answers=fingerprints(self.answers),
            sha256=sha256_of(self.answers),
        )


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was shown. ``sha256`` decides; the fingerprints only tell where the difference is."""

    level: str = ""
    sites: str = ""
    sha256: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def to_text(self) -> str:
        """Return this as the text of a hidden field."""
        return json.dumps(vars(self), separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "Seen":
        """Return what a form brought back; nothing was seen when it is not ours."""
        try:
            kept: Any = json.loads(text)
            answers = {str(ref): str(one) for ref, one in kept["answers"].items()}
            return cls(
                level=str(kept["level"]),
                sites=str(kept["sites"]),
                sha256=str(kept["sha256"]),
                answers=answers,
            )
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return cls()

    def differences(self, now: Draft) -> "Differences":
        """Return what is not as it was shown."""
        present = now.seen
        return Differences(
            level=self.level != present.level,
            sites=self.sites != present.sites,
            refs=refs_changed(self.answers, now.answers),
            answers=self.sha256 != present.sha256,
        )


@dataclass(frozen=True, kw_only=True)
class Differences:
    """What changed between looking and pressing the button."""

    level: bool
    sites: bool
    answers: bool
    refs: Sequence[str]

    def __bool__(self) -> bool:
        """Tell whether anything did."""
        return self.level or self.sites or self.answers

    @property
    def in_words(self) -> list[str]:
        """One sentence for each thing that changed."""
        said = []
        if self.refs:
            one = len(self.refs) == 1
            said.append(f"The {'answer' if one else 'answers'} to {', '.join(self.refs)}.")
        if self.sites:
            said.append("The sites it speaks for.")
        if self.level:
            said.append("The level.")
        return said


def _digest_of_sites(sites: Sequence[Mapping[str, str]]) -> str:
    rows = [dict(site) for site in sites]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]
