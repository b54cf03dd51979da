"""Take a waiting version for checking, so that a job delivered twice does its work once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.scanning.models import Verdict, VersionCheck
from evidence_review.scanning.processes import is_gone, this_process
from portal.durability import need_not_survive


@dataclass(frozen=True)
class Claim:
    """One job's hold on one version. ``word`` is in the row for as long as the hold lasts."""

    version: EvidenceVersion
    word: str
    attempt: int
    again: bool

    @property
    def is_last(self) -> bool:
        """Whether this is the last attempt before the check is given up."""
        return self.attempt > len(settings.CHECK_RETRY_SECONDS)

    @property
    def is_one_too_many(self) -> bool:
        """Whether every attempt was used up by jobs that died over it."""
        return self.attempt > len(settings.CHECK_RETRY_SECONDS) + 1

    @property
    def cause(self) -> Verdict.Cause:
        """Why the file is scanned."""
        return Verdict.Cause.RETRY if self.again else Verdict.Cause.FIRST

    @property
    def next_attempt_at(self) -> datetime:
        """When to try again if this attempt fails."""
        return timezone.now() + timedelta(seconds=settings.CHECK_RETRY_SECONDS[self.attempt - 1])


def claim_check(public_id: str) -> Claim | None:
    """Claim a waiting version; ``None`` when there is nothing to do or somebody else does it."""
    with need_not_survive(), transaction.atomic():
        version = (
            EvidenceVersion.objects.select_for_update(of=("self",))
            .select_related("check_claim")
            .filter(public_id=public_id, state=VersionState.WAITING)
            # The usual order would drag the evidence in.
            .order_by()
            .first()
        )
        if version is None:
            return None
        check = getattr(version, "check_claim", None) or VersionCheck(version=version)
        now = timezone.now()
        if _is_held(check, now) or check.next_attempt_at > now:
            return None
        check.attempts += 1
        check.claim = secrets.token_urlsafe(16)
        check.holder = this_process()
        check.claimed_until = now + timedelta(seconds=settings.CHECK_LEASE_SECONDS)
        check.swept_at = None
        check.save()
        return Claim(version, check.claim, check.attempts, again=bool(check.last_problem))


def _is_held(check: VersionCheck, now: datetime) -> bool:
    return (
        check.claimed_until is not None and check.claimed_until > now and not is_gone(check.holder)
    )
