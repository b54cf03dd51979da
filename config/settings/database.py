"""SQLite tuned for several processes by default; PostgreSQL by ``DATABASE_URL`` alone."""

from typing import Any

from config.settings.environment import DATA_DIR, env

_SQLITE_PRAGMAS = ";".join(
    (
        "PRAGMA journal_mode=WAL",
        # FULL, not NORMAL: an acknowledged upload must survive a power cut.
        "PRAGMA synchronous=FULL",
        "PRAGMA cache_size=-32000",
        "PRAGMA mmap_size=134217728",
        "PRAGMA temp_store=MEMORY",
    )
)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for one database URL, with our tuning for its engine."""
    settings: dict[str, Any] = env.db_url_config(url)
    if "sqlite" in settings["ENGINE"]:
        settings["OPTIONS"] = {
            # IMMEDIATE takes the write lock at BEGIN: SQLite has no row locks, so this is ours.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_PRAGMAS,
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
    settings["CONN_MAX_AGE"] = 600
    return settings


DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache_url("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}"),
}

DATABASE_REFUSALS = [
    "portal.record.refusals",
    "portal.sealing.refusals",
    "portal.anchors.refusals",
    "portal.people.refusals",
    "portal.erasure.refusals",
    "portal.frameworks.refusals",
    "portal.policies.refusals",
    "portal.policy_library.refusals",
    "portal.reading.refusals",
    "portal.shared_devices.refusals",
    "evidence_review.evidence.refusals",
    "evidence_review.scanning.refusals",
    "evidence_review.review.refusals",
    "evidence_review.retention.refusals",
    "evidence_review.assessments.refusals",
    "evidence_review.meetings.refusals",
    "evidence_review.inspection.refusals",
    "evidence_review.packs.refusals",
]
"""Modules that list what the database itself must refuse; put in place after every migrate."""
