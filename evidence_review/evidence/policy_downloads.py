"""The approved files that policies may offer. Named by the setting ``POLICY_DOWNLOADS``.

Only evidence of the kind "Form or leaflet for staff" is ever offered: whoever uploads it under that
kind means it for everybody. Editors do not see evidence, so nothing else may show in their list.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState

FOR_STAFF = "for-staff"
"""The code of the kind of evidence that policies may offer."""
_NEWEST = 200


def choices() -> list[tuple[str, str]]:
    """Return the newest approved versions with the words by which an editor knows each."""
    newest = _approved().select_related("evidence")
    return [
        (version.public_id, f"{version.evidence.title}, version {version.number}")
        for version in newest.order_by("-state_since", "-pk")[:_NEWEST]
    ]


def facts(public_ids: Iterable[str]) -> dict[str, tuple[str, int, str, str]]:
    """Return (name, size in bytes, media type, SHA-256) of those that are approved today."""
    found = _approved().filter(public_id__in=public_ids)
    rows = found.values_list("public_id", "original_name", "size", "media_type", "sha256")
    return {public_id: (name, size, kind, sha) for public_id, name, size, kind, sha in rows}


def _approved() -> QuerySet[EvidenceVersion]:
    return EvidenceVersion.objects.filter(
        state=VersionState.APPROVED, evidence__type__code=FOR_STAFF
    )
