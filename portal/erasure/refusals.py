"""What the database itself refuses about erasures: to forget one, or to begin one again."""

from portal.record.triggers import Refusal, immutable, never_deleted, refuse

_ERASURE = "erasure_erasure"
_FACTS = ("id", "public_id", "kind", "ref", "actor_ref", "reason", "asked_by_id", "asked_at")

REFUSALS: list[Refusal] = [
    immutable(_ERASURE, (*_FACTS, "until_seq")),
    *never_deleted(_ERASURE),
    refuse(
        _ERASURE,
        "update",
        "an erasure only goes on, and ends once",
        when="""
            NEW.at_seq < OLD.at_seq OR NEW.details < OLD.details OR OLD.finished_at IS NOT NULL
        """,
        name="erasure_refuses_going_back",
    ),
]
"""The refusals of this room."""
