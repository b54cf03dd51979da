"""What the database itself refuses about the catalogue."""

from portal.record.triggers import immutable, never_deleted

REFUSALS = [
    *never_deleted("frameworks_requirement"),
    *never_deleted("frameworks_edition"),
    immutable("frameworks_requirement", ["edition_id", "ref"]),
    immutable("frameworks_edition", ["code"]),
]
