"""Return a version to the person who uploaded it, with reasons."""

from django.db import transaction

from evidence_review.evidence.reasons import checked_reason
from evidence_review.evidence.states import VersionVerb
from evidence_review.review.actions.deciding import conclude, open_sitting
from evidence_review.review.models import Decision
from portal.jobs import enqueue
from portal.people.models import User
from portal.record.verbs import Verb


def return_version(public_id: str, *, actor: User, sha256_seen: str, reason: str) -> Decision:
    """Send a version back so that its uploader puts it right; one return ends the review.

    Raises:
        ReasonNotAccepted: there is no reason, or it cannot be kept.
        AlreadyDecided, NotPermitted, TransitionRefused, SeenSomethingElse: see ``open_sitting``.
    """
    reason = checked_reason(reason, needed_to="return this file")
    with transaction.atomic():
        sitting = open_sitting(
            public_id, actor=actor, sha256_seen=sha256_seen, verb=VersionVerb.RETURN
        )
        decision = conclude(
            sitting,
            Decision.Outcome.RETURN,
            verb=VersionVerb.RETURN,
            record_verb=Verb.VERSION_RETURNED,
            reason=reason,
        )
        enqueue("evidence_review.review.tasks.tell_uploader", decision.pk)
        return decision
