"""What the database itself refuses about copies outside."""

from portal.record.triggers import append_only, immutable, never_deleted

REFUSALS = [
    *append_only("anchors_anchor"),
    # The name and the address may be erased, when somebody asks for that.
    immutable("anchors_anchorrecipient", ["public_id", "is_outside", "named_by_id", "named_at"]),
    *never_deleted("anchors_anchorrecipient"),
    immutable("anchors_anchorproblem", ["kind", "where", "sentence", "found_at"]),
    *never_deleted("anchors_anchorproblem"),
]
