"""Take a look inside a file on, so that a job delivered twice does its work once."""

import secrets
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from evidence_review.extraction.models import LookInside
from evidence_review.extraction.outcomes import MOST_ATTEMPTS, Outcome
from portal.durability import need_not_survive

Look = TypeVar("Look", bound=LookInside)
AGAIN_AFTER = timedelta(minutes=1)
DIED = "every attempt ended without an answer"


def claim(table: type[Look], sha256: str) -> Look | None:
    """Claim a waiting look; ``None`` when there is nothing to do or somebody else does it.

    The attempt is counted here, before the work: a job that dies over the file has used it up.
    """
    now = timezone.now()
    with need_not_survive(), transaction.atomic():
        look = (
            table._default_manager.select_for_update()
            .filter(sha256=sha256, outcome=Outcome.WAITING)
            .first()
        )
        if look is None or (look.claimed_until is not None and look.claimed_until > now):
            return None
        look.attempts += 1
        look.claim = secrets.token_urlsafe(16)
        look.claimed_until = now + timedelta(seconds=settings.CHECK_LEASE_SECONDS)
        look.save(update_fields=("attempts", "claim", "claimed_until"))
        return look


def is_one_too_many(look: LookInside) -> bool:
    """Whether all attempts were used up by jobs that died over the file."""
    return look.attempts > MOST_ATTEMPTS


def may_try_again(look: LookInside) -> bool:
    """Whether the file may be tried once more after this attempt."""
    return look.attempts < MOST_ATTEMPTS


def conclude(look: LookInside, outcome: Outcome, problem: str = "", **found: object) -> bool:
    """Write how the look ended, in the caller's transaction; False when the claim is not ours."""
    return _let_go(look, outcome=outcome, problem=problem[:200], at=timezone.now(), **found)


def let_go(look: LookInside, problem: str) -> bool:
    """Give the file back for another try; False when the claim is not ours."""
    return _let_go(look, problem=problem[:200])


def let_go_unused(look: LookInside, problem: str) -> bool:
    """Give the file back untouched, because it was not the file that stood in the way."""
    return _let_go(look, problem=problem[:200], attempts=F("attempts") - 1)


def _let_go(look: LookInside, **changes: object) -> bool:
    mine = type(look)._default_manager.filter(pk=look.pk, claim=look.claim)
    return bool(mine.update(claim="", claimed_until=None, **changes))
