"""What the database itself refuses about seals."""

from portal.record.triggers import append_only, immutable, never_deleted

REFUSALS = [
    *append_only("sealing_sealkey"),
    *append_only("sealing_seal"),
    immutable("sealing_sealproblem", ["kind", "seq", "sentence", "advice", "found_at"]),
    *never_deleted("sealing_sealproblem"),
]
