"""Background work: django-q2 on the portal's own database.

The broker is the database on purpose: a job put in inside a transaction is kept or lost with it.
``retry`` is far above ``timeout`` because a lock is taken when a job is fetched, not when it
starts; jobs that fail are acknowledged, because each job claims and retries its own row.
"""

from typing import Any

from config.settings.environment import env

_WORKERS = env.int("PORTAL_WORKERS", default=2)

Q_CLUSTER: dict[str, Any] = {
    "name": "wellkept",
    "label": "Background jobs",
    "orm": "default",
    "workers": _WORKERS,
    "queue_limit": _WORKERS * 2,
    "timeout": 300,
    "retry": 1200,
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "poll": 0.2,
    # What succeeded leaves its mark in its own rows; keeping every success costs more than the job.
    "save_limit": -1,
    "recycle": 500,
    "max_rss": 400_000,
}

LONG_JOBS: dict[str, int] = {
    "evidence_review.packs.tasks.settle": 1800,
    "evidence_review.packs.tasks.pack": 4 * 3600,
}
"""Jobs that may run for longer than the rest, in seconds. Each shows signs of life in its own row,
because after ``retry`` it is delivered once more while it runs."""

SCHEDULES: dict[str, dict[str, str | int]] = {
    "watch-scanner": {"func": "evidence_review.scanning.tasks.watch_scanner", "minutes": 1},
    "sweep": {"func": "evidence_review.scanning.tasks.sweep", "minutes": 10},
    "new-signatures": {"func": "evidence_review.scanning.tasks.plan_rescans", "minutes": 10},
    "tidy-bytes": {"func": "evidence_review.evidence.tasks.tidy_bytes", "cron": "50 * * * *"},
    "discard": {"func": "evidence_review.retention.tasks.sweep_discards", "minutes": 30},
    "look-inside": {"func": "evidence_review.extraction.tasks.sweep_looks", "minutes": 5},
    "tidy-looks": {"func": "evidence_review.extraction.tasks.tidy_looks", "cron": "40 * * * *"},
    "policies": {"func": "portal.policies.tasks.publish_due", "minutes": 5},
    "memberships": {"func": "portal.people.tasks.follow_dates", "cron": "5 * * * *"},
    "erasures": {"func": "portal.erasure.tasks.sweep", "minutes": 10},
    "forget-sheets": {"func": "portal.accounts.tasks.forget_sheets", "cron": "20 * * * *"},
    "new-reviews": {"func": "evidence_review.review.tasks.tell_of_new_reviews", "minutes": 10},
    "stale-reviews": {
        "func": "evidence_review.review.tasks.remind_of_stale_reviews",
        "cron": "30 7 * * *",
    },
    "reading-counts": {"func": "portal.reading.tasks.recount_of_yesterday", "cron": "7 * * * *"},
    "readiness": {"func": "evidence_review.assessments.tasks.count_today", "cron": "20 * * * *"},
    "forget-tablets": {"func": "portal.shared_devices.tasks.forget", "cron": "35 3 * * *"},
    "anchors": {"func": "portal.anchors.tasks.anchor_everywhere", "cron": "25 6 * * *"},
    "tidy-search": {"func": "search.tasks.tidy", "cron": "40 3 * * *"},
    "lost-packs": {"func": "evidence_review.packs.tasks.sweep", "minutes": 5},
    "old-packs": {"func": "evidence_review.packs.tasks.remove_old", "cron": "10 3 * * *"},
    "watch-seal": {"func": "portal.sealing.tasks.watch_seal", "minutes": 1},
    "invariants": {"func": "portal.record.tasks.check_tonight", "cron": "52 2 * * *"},
}
"""The recurring jobs: every so many minutes, or by a cron expression. Planned by ``plan_jobs``."""
