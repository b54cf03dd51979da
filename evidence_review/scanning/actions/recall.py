"""Take a version back after it went to review: it is infected, or a person says so."""

from collections.abc import Mapping

from django.db import transaction

from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import lock_version
from evidence_review.evidence.reasons import checked_reason
from evidence_review.evidence.states import VersionVerb, may
from evidence_review.scanning.actions.act_on_infection import QUARANTINE_TASK, queue_notice
from evidence_review.scanning.models import Notice, Verdict
from evidence_review.scanning.permissions import user_can_recall
from evidence_review.scanning.queries import latest_verdict
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.record.actors import SCANNER, Actor
from portal.record.models import Event
from portal.record.verbs import Verb


def recall(public_id: str, *, actor: User, reason: str) -> Event:
    """Recall a version, whatever the scanner says of it. Nobody can open it from now on.

    Raises:
        NotPermitted: the actor is no IG lead of the site.
        ReasonNotAccepted: there is no reason, or it cannot be kept.
        TransitionRefused: the version cannot be recalled as it is now.
    """
    with transaction.atomic():
        version = lock_version(public_id)
        require(user_can_recall(actor, version))
        why = checked_reason(reason, needed_to="recall this version")
        return recall_locked(version, actor=actor, reason=why, facts={"cause": "person"})


def recall_infected(public_id: str, *, actor: Actor = SCANNER) -> Event | None:
    """Recall a version whose bytes the scanner has found infected; ``None`` if that is done."""
    with transaction.atomic():
        version = lock_version(public_id)
        verdict = latest_verdict(version.sha256)
        if verdict is None or verdict.verdict != Verdict.Value.INFECTED:
            return None
        if not may(version.state, VersionVerb.RECALL):
            return None
        return recall_locked(
            version,
            actor=actor,
            reason=f"A new virus check found {verdict.signature_name} in it.",
            facts={
                "cause": "scanner",
                "verdict": verdict.verdict,
                "signature": verdict.signature_name,
                "engine": verdict.engine,
                "signature_version": verdict.signature_version,
            },
        )


def recall_locked(
    version: EvidenceVersion, *, actor: Actor, reason: str, facts: Mapping[str, str | int]
) -> Event:
    """Recall a version that the caller has locked; queues the quarantine and the e-mails."""
    event = transition(
        version,
        VersionVerb.RECALL,
        actor=actor,
        record_verb=Verb.VERSION_RECALLED,
        facts=facts,
        detail={"reason": reason},
    )
    enqueue(QUARANTINE_TASK, version.sha256)
    queue_notice(version, Notice.About.RECALLED, reason=reason)
    return event
