"""What every worker process does before its first job."""

import logging
from typing import Any

from django.db import DatabaseError

from evidence_review.scanning import readiness
from evidence_review.scanning.actions.sweep import sweep
from portal.health.schedules import plan_jobs

log = logging.getLogger(__name__)


def on_worker_start(**kwargs: Any) -> None:
    """Plan the recurring jobs, try the scanner, and take up what a killed worker left lying.

    A worker that cannot do this still works: the sweep comes round again in ten minutes.
    """
    try:
        plan_jobs()
        sweep()
    except DatabaseError:
        log.exception("A worker started, but could not take up what was left lying")
    found = readiness.measure()
    if not found.ready:
        log.warning("The virus scanner is not ready: %s", found.problem)
