"""Lift a hold: periods count again, for what no other hold covers."""

from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.reasons import checked_reason
from evidence_review.retention.conflicts import HoldConflict
from evidence_review.retention.models import LegalHold
from evidence_review.retention.permissions import user_can_manage_retention
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def lift_hold(public_id: str, *, reason: str, actor: User) -> LegalHold:
    """Lift an open hold, for good.

    Raises:
        NotPermitted: the actor is no IG lead of the whole organisation.
        ReasonNotAccepted: there is no reason, or it cannot be kept.
        HoldConflict: it was lifted before.
    """
    require(user_can_manage_retention(actor))
    why = checked_reason(reason, needed_to="lift this hold")
    hold = LegalHold.objects.select_for_update(of=("self",)).get(public_id=public_id)
    if not hold.is_open:
        raise HoldConflict("This hold is lifted already. Nothing was changed.")
    hold.lifted_by, hold.lifted_at, hold.lift_reason = actor, timezone.now(), why
    hold.save(update_fields=("lifted_by", "lifted_at", "lift_reason"))
    record(
        Verb.LEGAL_HOLD_LIFTED,
        hold.record_ref,
        actor=actor,
        before="open",
        after="lifted",
        facts={"scope": hold.scope},
        detail={"covers": hold.covers, "reason": why},
    )
    return hold
