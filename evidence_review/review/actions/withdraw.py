"""Withdraw a version: it no longer counts, and stays in the history."""

from django.db import transaction

from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import lock_version
from evidence_review.evidence.reasons import checked_reason
from evidence_review.evidence.states import VersionVerb
from evidence_review.review.permissions import user_can_withdraw
from portal.people.answers import require
from portal.people.models import User
from portal.record.verbs import Verb


@transaction.atomic
def withdraw(public_id: str, *, actor: User, reason: str) -> EvidenceVersion:
    """Take a version out of use, with the reason why. Nothing of it is deleted.

    Raises:
        ReasonNotAccepted: there is no reason, or it cannot be kept.
        NotPermitted: the version is not the actor's to withdraw.
        TransitionRefused: its state does not allow it.
    """
    reason = checked_reason(reason, needed_to="withdraw this version")
    version = lock_version(public_id)
    require(user_can_withdraw(actor, version))
    transition(
        version,
        VersionVerb.WITHDRAW,
        actor=actor,
        record_verb=Verb.VERSION_WITHDRAWN,
        detail={"title": version.evidence.title, "reason": reason},
    )
    return version
