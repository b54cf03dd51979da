"""The approved files that policies may offer. Named by the setting ``POLICY_DOWNLOADS``."""

from collections.abc import Iterable

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState

_NEWEST = 200


def choices() -> list[tuple[str, str]]:
    """Return the newest approved versions with the words by which an editor knows each."""
    newest = EvidenceVersion.objects.filter(state=VersionState.APPROVED).select_related("evidence")
    return [
        (version.public_id, f"{version.evidence.title}, version {version.number}")
        for version in newest.order_by("-state_since", "-pk")[:_NEWEST]
    ]


def facts(public_ids: Iterable[str]) -> dict[str, tuple[str, int, str, str]]:
    """Return (name, size in bytes, media type, SHA-256) of those that are approved today."""
    found = EvidenceVersion.objects.filter(state=VersionState.APPROVED, public_id__in=public_ids)
    rows = found.values_list("public_id", "original_name", "size", "media_type", "sha256")
    return {public_id: (name, size, kind, sha) for public_id, name, size, kind, sha in rows}
