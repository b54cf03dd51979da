"""What the database itself refuses about packs: to say something else than was settled."""

from portal.record.triggers import Refusal, immutable, never_deleted, refuse

_PACK = "packs_pack"
_ASKED = (
    "id",
    "public_id",
    "scope",
    "with_files",
    "access_id",
    "requested_by_id",
    "requested_at",
)
_SETTLED_ONCE = ("as_at_size", "as_at_time", "event_seq", "seal_id", "size", "pieces", "ready_at")
_SAID_ONCE = ("manifest_sha256", "sha256")
_CHANGED = " OR ".join(
    [
        *(
            f"(OLD.{name} IS NOT NULL AND (NEW.{name} IS NULL OR NEW.{name} <> OLD.{name}))"
            for name in _SETTLED_ONCE
        ),
        *(f"(OLD.{name} <> '' AND NEW.{name} <> OLD.{name})" for name in _SAID_ONCE),
    ]
)

REFUSALS: list[Refusal] = [
    immutable(_PACK, _ASKED),
    *never_deleted(_PACK),
    refuse(
        _PACK,
        "update",
        "what was settled of a pack never changes",
        when=_CHANGED,
        name="packs_pack_refuses_unsettling",
    ),
    refuse(
        _PACK,
        "update",
        "the earlier checkpoints of a pack are settled with its seal",
        when="OLD.seal_id IS NOT NULL AND NEW.earlier <> OLD.earlier",
        name="packs_pack_refuses_other_earlier",
    ),
    refuse(
        _PACK,
        "update",
        "a seal of a pack covers the event that settled it",
        when="NEW.seal_id IS NOT NULL AND OLD.seal_id IS NULL AND COALESCE((SELECT size FROM "
        "sealing_seal WHERE sealing_seal.id = NEW.seal_id), 0) < COALESCE(NEW.event_seq, 1)",
        name="packs_pack_refuses_early_seal",
    ),
]
