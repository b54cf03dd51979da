"""What the database itself refuses about shared devices: to lengthen, revive or hand one over."""

from portal.record.triggers import Refusal, immutable, never_deleted, refuse

_DEVICE = "shared_devices_shareddevice"
_SESSION = "shared_devices_devicesession"

REFUSALS: list[Refusal] = [
    immutable(
        _DEVICE, ("id", "public_id", "site_id", "digest", "started_by_id", "started_at", "ends_at")
    ),
    *never_deleted(_DEVICE),
    refuse(
        _DEVICE,
        "update",
        "a shared device that was ended stays ended",
        when="OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_by_id IS NULL)",
        name="shared_device_refuses_revival",
    ),
    immutable(_SESSION, ("id", "device_id", "person_id", "digest", "started_at")),
    refuse(
        _SESSION,
        "update",
        "a session on a shared device that has ended stays ended",
        when="OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL",
        name="device_session_refuses_revival",
    ),
]
