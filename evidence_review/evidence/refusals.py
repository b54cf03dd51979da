"""What the database itself refuses about evidence: to change or lose what was kept."""

from portal.record.triggers import Refusal, append_only, immutable, never_deleted

_VERSION_FACTS = (
    "id",
    "public_id",
    "evidence_id",
    "number",
    "sha256",
    "size",
    "media_type",
    "extension",
    "original_name",
    "uploaded_by_id",
    "uploaded_at",
    "change_note",
    "preparation",
    "upload_key",
)

REFUSALS: list[Refusal] = [
    immutable("evidence_evidenceversion", _VERSION_FACTS),
    *never_deleted("evidence_evidenceversion"),
    *never_deleted("evidence_evidence"),
    *append_only("evidence_gatereport"),
]
