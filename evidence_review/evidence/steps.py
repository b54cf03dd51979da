"""Where a version is on its way: the four dots under each file."""

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import STOPPED_BY_CHECKS, VersionState

Step = tuple[str, str]
"""The word and one of done, now, stop, later."""

_WORDS = ("Uploaded", "Virus check", "Review", "Kept")
_KEPT = frozenset({VersionState.APPROVED, VersionState.SUPERSEDED})
_STOPPED_IN_REVIEW = frozenset({VersionState.RETURNED, VersionState.REFUSED})


def steps_of(version: EvidenceVersion) -> list[Step]:
    """Return the track of one version; nothing once the file was disposed of."""
    if version.state == VersionState.DISPOSED:
        return []
    if version.state == VersionState.WAITING:
        marks = ("done", "now", "later", "later")
    elif version.state in STOPPED_BY_CHECKS:
        marks = ("done", "stop", "later", "later")
    elif version.state == VersionState.IN_REVIEW:
        marks = ("done", "done", "now", "later")
    elif version.state in _STOPPED_IN_REVIEW:
        marks = ("done", "done", "stop", "later")
    elif version.state in _KEPT:
        marks = ("done", "done", "done", "done")
    else:
        marks = ("done", "later", "later", "stop")
    return list(zip(_WORDS, marks, strict=True))
