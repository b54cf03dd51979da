"""Say that a pack could not be made, or was stopped; and try again."""

import logging

from django.db import transaction
from django.utils import timezone

from evidence_review.packs.actions.claim_pack import Claim, locked
from evidence_review.packs.models import Pack
from evidence_review.packs.permissions import user_can_open_pack
from evidence_review.packs.problems import PackProblem
from evidence_review.packs.queries import lock_pack
from evidence_review.packs.states import PackVerb, next_state
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb

log = logging.getLogger(__name__)


@transaction.atomic
def fail_pack(claim: Claim, problem: PackProblem, *, actor: Actor) -> Pack:
    """Keep why a pack could not be made. Raises ``ClaimLost``."""
    return _failed(locked(claim), problem, actor=actor)


@transaction.atomic
def give_up(pack: Pack, problem: PackProblem, *, actor: Actor) -> Pack:
    """Keep why a pack that nobody is working on will not be made."""
    return _failed(lock_pack(pack.pk), problem, actor=actor)


@transaction.atomic
def stop_pack(pack: Pack, *, actor: User) -> Pack:
    """Stop a pack that is being made; whatever is at work on it notices within seconds.

    Raises:
        NotPermitted: it is not the actor's to stop.
        PackStepRefused: it is not being made.
    """
    pack = lock_pack(pack.pk)
    require(user_can_open_pack(actor, pack))
    _move(pack, PackVerb.CANCEL, Verb.PACK_STOPPED, actor=actor)
    return pack


@transaction.atomic
def try_again(pack: Pack, *, actor: User) -> Pack:
    """Make a pack again that failed, was stopped, or whose file was removed.

    Raises:
        NotPermitted: it is not the actor's.
        PackStepRefused: there is nothing to try again.
    """
    pack = lock_pack(pack.pk)
    require(user_can_open_pack(actor, pack))
    pack.problem, pack.is_alarm, pack.attempts = "", False, 0
    _move(pack, PackVerb.TRY_AGAIN, Verb.PACK_REQUESTED, actor=actor)
    # Both by name: a pack that is settled is only packed again.
    if pack.is_settled:
        enqueue("evidence_review.packs.tasks.pack", pack.public_id)
    else:
        enqueue("evidence_review.packs.tasks.settle", pack.public_id)
    return pack


def _failed(pack: Pack, problem: PackProblem, *, actor: Actor) -> Pack:
    pack.problem, pack.is_alarm = problem.sentence[:500], problem.is_alarm
    _move(
        pack,
        PackVerb.FAIL,
        Verb.PACK_FAILED,
        actor=actor,
        facts={"alarm": int(problem.is_alarm)},
        detail={"problem": pack.problem},
    )
    if problem.is_alarm:
        log.critical("Pack %s: %s", pack.public_id, problem.sentence)
    return pack


def _move(
    pack: Pack,
    verb: PackVerb,
    record_verb: Verb,
    *,
    actor: Actor,
    facts: dict[str, str | int] | None = None,
    detail: dict[str, str] | None = None,
) -> None:
    before = pack.state
    pack.state, pack.state_since = next_state(pack.state, verb), timezone.now()
    pack.claim, pack.holder, pack.claimed_until = "", "", None
    pack.save()
    record(
        record_verb,
        pack.record_ref,
        actor=actor,
        before=before,
        after=pack.state,
        facts=facts or {},
        detail=detail or {},
    )
