"""What the database itself refuses about people: overlapping roles, and forgetting who was here."""

from portal.record.triggers import Refusal, never_deleted, refuse

_OVERLAPS = """
    EXISTS (
        SELECT 1 FROM people_membership m
        WHERE m.person_id = NEW.person_id
          AND m.role = NEW.role
          AND m.id <> COALESCE(NEW.id, -1)
          AND COALESCE(m.site_id, 0) = COALESCE(NEW.site_id, 0)
          AND m.starts <= COALESCE(NEW.ends, '9999-12-31')
          AND COALESCE(m.ends, '9999-12-31') >= NEW.starts
    )
"""
_OVERLAP_MESSAGE = "this person already holds this role there on some of these days"

REFUSALS: list[Refusal] = [
    refuse("people_membership", "insert", _OVERLAP_MESSAGE, when=_OVERLAPS),
    refuse("people_membership", "update", _OVERLAP_MESSAGE, when=_OVERLAPS),
    *never_deleted("people_user"),
    *never_deleted("people_site"),
]
