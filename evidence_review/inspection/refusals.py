"""What the database itself refuses about inspectors: to lengthen, revive or forget an access."""

from portal.record.triggers import Refusal, immutable, never_deleted, refuse

_ACCESS = "inspection_inspectoraccess"
_FACTS = (
    "id",
    "public_id",
    "link_key",
    "every_site",
    "starts",
    "granted_by_id",
    "granted_at",
)

REFUSALS: list[Refusal] = [
    immutable(_ACCESS, _FACTS),
    *never_deleted(_ACCESS),
    refuse(
        _ACCESS,
        "update",
        "an inspector's address never changes: it may be erased",
        when="NEW.email <> OLD.email AND NEW.email <> ''",
        name="inspection_access_refuses_another_address",
    ),
    refuse(
        _ACCESS,
        "update",
        "an inspector's access is never lengthened: give a new one",
        when="NEW.ends > OLD.ends",
        name="inspection_access_refuses_longer",
    ),
    refuse(
        _ACCESS,
        "update",
        "an inspector's access that was ended stays ended",
        when="OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS NULL OR NEW.revoked_by_id IS NULL)",
        name="inspection_access_refuses_revival",
    ),
    refuse(
        "inspection_inspectorcode",
        "update",
        "a code that was used is not used again",
        when="OLD.used_at IS NOT NULL AND (NEW.used_at IS NULL OR NEW.used_at <> OLD.used_at)",
        name="inspection_code_refuses_reuse",
    ),
    refuse(
        "inspection_inspectorsession",
        "update",
        "an inspector's session that has ended stays ended",
        when="OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL",
        name="inspection_session_refuses_revival",
    ),
    *never_deleted("inspection_shownpage"),
    refuse(
        "inspection_shownpage",
        "update",
        "what an inspector was shown may be erased, never rewritten",
        when="NEW.sha256 <> OLD.sha256 OR NEW.kept_at <> OLD.kept_at "
        "OR length(NEW.content) <> 0 OR NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL",
    ),
]
