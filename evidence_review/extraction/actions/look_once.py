"""Look inside one file once, whatever is looked for: claim, look, keep, or plan the second try."""

import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.gate import RoomUnavailable
from evidence_review.evidence.storage import BytesMissing
from evidence_review.extraction.actions.claim import (
    AGAIN_AFTER,
    DIED,
    Look,
    claim,
    is_one_too_many,
    let_go,
    let_go_unused,
    may_try_again,
)
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.queries import may_be_looked_at
from portal.faults import fault_point
from portal.jobs import enqueue

log = logging.getLogger(__name__)


class Result(Protocol):
    """What came of a look. ``again`` says that a second try may end otherwise."""

    @property
    def outcome(self) -> Outcome:
        """How it ended."""

    @property
    def problem(self) -> str:
        """Why, where it did not end well."""

    @property
    def again(self) -> bool:
        """Whether to try once more."""


Came = TypeVar("Came", bound=Result)


def look_once(
    table: type[Look],
    sha256: str,
    *,
    task: str,
    look_in: Callable[[Look], Came],
    failed: Callable[[Outcome, str], Came],
    keep: Callable[[Look, Came], bool],
) -> Outcome | None:
    """Look inside these bytes; ``None`` when there was nothing to do.

    ``keep`` writes what came of it, in a transaction, and says whether the claim was still ours.
    Safe to call any number of times, by any number of processes. Whatever the file does, it is
    tried twice at most.
    """
    look = claim(table, sha256)
    if look is None:
        return None
    fault_point(f"{table._meta.model_name}.claimed")
    if not may_be_looked_at(sha256):
        look.delete()
        return None
    try:
        came = failed(Outcome.FAILED, DIED) if is_one_too_many(look) else look_in(look)
    except BytesMissing:
        came = failed(Outcome.FAILED, "the bytes are not there")
    except (RoomUnavailable, OSError) as problem:
        log.exception("A file was not looked into: the installation is at fault, not the file")
        let_go_unused(look, repr(problem))
        return None
    with transaction.atomic():
        if came.again and may_try_again(look):
            if let_go(look, came.problem):
                enqueue(task, sha256, at=timezone.now() + AGAIN_AFTER)
            return Outcome.WAITING
        return came.outcome if keep(look, came) else None
