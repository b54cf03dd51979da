"""Find what was left lying by jobs that died, and hand it to the worker again.

The queue itself keeps its jobs through a crash; this is for what it cannot know: a job that ended
in an exception, a claim whose holder is gone, an e-mail that was never taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.storage import byte_store
from evidence_review.scanning.actions.act_on_infection import (
    QUARANTINE_TASK,
    RECALL_TASK,
    TELL_TASK,
)
from evidence_review.scanning.actions.check_version import CHECK_TASK
from evidence_review.scanning.models import VersionCheck
from evidence_review.scanning.processes import is_gone
from evidence_review.scanning.queries import (
    infected_but_readable,
    out_of_use,
    unsent_notices,
    waiting_versions,
)
from portal.jobs import enqueue

AT_ONCE = 200
"""How many of a kind one sweep takes up."""
_QUEUED_JOBS_MAY_TAKE = timedelta(minutes=5)
_SWEEP_AGAIN_AFTER = timedelta(hours=1)
_LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True)
class Swept:
    """How many of each were handed to the worker again."""

    checks: int
    recalls: int
    quarantines: int
    notices: int


def sweep() -> Swept:
    """Hand everything that was left lying to the worker again."""
    now = timezone.now()
    left_in_store = _left_in_the_store(now)
    with transaction.atomic():
        recalls = [version.public_id for version in infected_but_readable()[:AT_ONCE]]
        notices = [notice.pk for notice in unsent_notices(now)[:AT_ONCE]]
        _queue(QUARANTINE_TASK, left_in_store)
        _queue(RECALL_TASK, recalls)
        _queue(TELL_TASK, notices)
        return Swept(_sweep_checks(now), len(recalls), len(left_in_store), len(notices))


def _sweep_checks(now: datetime) -> int:
    stuck = [
        version
        for version in waiting_versions().select_related("check_claim")
        if _is_stuck(version, now)
    ][:AT_ONCE]
    for version in stuck:
        VersionCheck.objects.update_or_create(
            version=version,
            defaults={"claim": "", "holder": "", "claimed_until": None, "swept_at": now},
        )
        enqueue(CHECK_TASK, version.public_id)
    return len(stuck)


def _is_stuck(version: EvidenceVersion, now: datetime) -> bool:
    check: VersionCheck | None = getattr(version, "check_claim", None)
    if check is None:
        return version.state_since < now - _QUEUED_JOBS_MAY_TAKE
    if check.claimed_until is not None:
        return check.claimed_until <= now or is_gone(check.holder)
    if check.swept_at is not None and check.swept_at > now - _SWEEP_AGAIN_AFTER:
        return False
    return check.next_attempt_at < now - _QUEUED_JOBS_MAY_TAKE


def _left_in_the_store(now: datetime) -> list[str]:
    store = byte_store()
    sha256s = out_of_use(now - _LOOK_BACK).values_list("sha256", flat=True).distinct()
    return [sha256 for sha256 in sha256s[:AT_ONCE] if store.exists(sha256)]


def _queue(task: str, ids: Iterable[int | str]) -> None:
    for one in ids:
        enqueue(task, one)
