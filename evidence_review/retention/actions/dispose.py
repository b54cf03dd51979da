"""Dispose of a version: the row, its history and a certificate stay, the bytes go."""

from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import lock_version
from evidence_review.evidence.reasons import checked_reason
from evidence_review.evidence.states import VersionVerb, next_state
from evidence_review.retention.conflicts import NoRule, Offered, OnHold, StillKept
from evidence_review.retention.models import Disposal, RetentionRule
from evidence_review.retention.permissions import user_can_dispose
from evidence_review.retention.queries import (
    holds_on,
    offered_by_a_policy,
    term_of,
    was_approved,
)
from evidence_review.retention.terms import Term
from portal.faults import fault_point
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.record.verbs import Verb

DISCARD_TASK = "evidence_review.retention.tasks.discard_bytes"
METHOD = (
    "The file was deleted from the portal's storage and from quarantine, with the text and page "
    "pictures taken from it."
)


def dispose(public_id: str, *, actor: User, reason: str) -> Disposal:
    """Dispose of one version whose period is over, with the reason why.

    Everything but the bytes is written in one transaction, with the job that discards the bytes.
    They go after it, unless another version has the same.

    Raises:
        ReasonNotAccepted: there is no reason, or it cannot be kept.
        NotPermitted: the actor may not, or uploaded it.
        TransitionRefused: it is in use, on its way, or disposed of already.
        NotDisposed: its rule is not confirmed, its period not over, or it is held or offered.
    """
    why = checked_reason(reason, needed_to="dispose of this file")
    with transaction.atomic():
        version = lock_version(public_id)
        require(user_can_dispose(actor, version))
        next_state(version.state, VersionVerb.DISPOSE)
        disposal = _certify(version, _term_if_over(version), actor, why)
        transition(
            version,
            VersionVerb.DISPOSE,
            actor=actor,
            record_verb=Verb.VERSION_DISPOSED,
            facts=_facts(disposal),
            detail={"title": version.evidence.title, "reason": why},
        )
        enqueue(DISCARD_TASK, version.sha256)
        fault_point("dispose.before_commit")
    fault_point("dispose.after_commit")
    return disposal


def _term_if_over(version: EvidenceVersion) -> Term:
    """Return the term of a version that may go today; the rule stays locked until the end.

    Raises:
        NotDisposed: what stands in the way.
    """
    evidence = version.evidence
    rules = RetentionRule.objects.select_for_update().filter(type=evidence.type_id)
    rule = rules.first()
    if rule is None or not rule.is_confirmed:
        raise NoRule(evidence.type.name)
    this = EvidenceVersion.objects.filter(pk=version.pk)
    term = term_of(version, rule, once_approved=this.filter(was_approved()).exists())
    if not term.is_over(timezone.localdate()):
        raise StillKept(term.kept_until)
    if hold := holds_on(evidence).first():
        raise OnHold(hold)
    if this.filter(offered_by_a_policy()).exists():
        raise Offered
    return term


def _certify(version: EvidenceVersion, term: Term, actor: User, why: str) -> Disposal:
    now = timezone.now()
    return Disposal.objects.create(
        version=version,
        sha256=version.sha256,
        size=version.size,
        kind=version.evidence.type.name,
        was_approved=term.was_approved,
        months=term.months,
        basis=term.basis,
        counted_from=term.counted_from,
        kept_until=term.kept_until,
        method=METHOD,
        disposed_by=actor,
        reason=why,
        day=timezone.localdate(now),
        at=now,
    )


def _facts(disposal: Disposal) -> dict[str, str | int]:
    return {
        "kind": disposal.kind,
        "size": disposal.size,
        "was_approved": int(disposal.was_approved),
        "months": disposal.months,
        "basis": str(disposal.basis),
        "counted_from": disposal.counted_from.isoformat(),
        "kept_until": disposal.kept_until.isoformat(),
    }
