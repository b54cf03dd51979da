"""Approve a version: one step of its route, or the last of them."""

from django.db import transaction

from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.reasons import checked_reason
from evidence_review.evidence.states import VersionState, VersionVerb
from evidence_review.review.actions.deciding import Sitting, conclude, open_sitting
from evidence_review.review.conflicts import NewerIsApproved, NotClean, ScannerNotReady
from evidence_review.review.models import Decision
from evidence_review.scanning.permissions import scanner_lets_approve
from evidence_review.scanning.queries import is_clean
from portal.jobs import enqueue
from portal.people.answers import Denied
from portal.people.models import User
from portal.record.verbs import Verb

_REPLACED = (VersionState.APPROVED, VersionState.IN_REVIEW, VersionState.RETURNED)


def approve(public_id: str, *, actor: User, sha256_seen: str, reason: str = "") -> Decision:
    """Approve a version in the actor's own name, or in that of somebody they stand in for.

    The approval is of exact bytes: ``sha256_seen`` is what the actor looked at. When it is the last
    one the route asks for, the version becomes approved and takes the place of the one before.

    Raises:
        ReasonNotAccepted: the reason is too long or cannot be kept.
        ScannerNotReady: nothing may be approved while the scanner cannot be relied on.
        NotClean: these bytes have no clean verdict, or a bad one came later.
        NewerIsApproved: a newer version is approved already.
        AlreadyDecided, NotPermitted, TransitionRefused, SeenSomethingElse: see ``open_sitting``.
    """
    reason = checked_reason(reason)
    # Asked before anything is locked: the answer may have to come from the scanner itself.
    scanner = scanner_lets_approve()
    with transaction.atomic():
        sitting = open_sitting(
            public_id, actor=actor, sha256_seen=sha256_seen, verb=VersionVerb.APPROVE
        )
        if isinstance(scanner, Denied):
            raise ScannerNotReady(scanner.reason)
        if not is_clean(sitting.version.sha256):
            raise NotClean
        if sitting.standing.next_approval_is_final:
            return _approve_last(sitting, reason)
        return _approve_step(sitting, reason)


def _approve_step(sitting: Sitting, reason: str) -> Decision:
    decision = conclude(
        sitting,
        Decision.Outcome.APPROVE,
        verb=VersionVerb.APPROVE_STEP,
        record_verb=Verb.VERSION_STEP_APPROVED,
        reason=reason,
        is_final=False,
    )
    if sitting.standing.next_approval_ends_step:
        enqueue("evidence_review.review.tasks.tell_reviewers", sitting.version.public_id)
    return decision


def _approve_last(sitting: Sitting, reason: str) -> Decision:
    version = sitting.version
    # The order matters: the database allows one approved version, and only after its decision.
    for older in _to_be_replaced(version):
        transition(
            older,
            VersionVerb.SUPERSEDE,
            actor=sitting.actor,
            record_verb=Verb.VERSION_SUPERSEDED,
            facts={"by_version": version.number},
        )
    decision = conclude(
        sitting,
        Decision.Outcome.APPROVE,
        verb=VersionVerb.APPROVE,
        record_verb=Verb.VERSION_APPROVED,
        reason=reason,
    )
    enqueue("evidence_review.review.tasks.tell_uploader", decision.pk)
    return decision


def _to_be_replaced(version: EvidenceVersion) -> list[EvidenceVersion]:
    """Return the versions that this one takes the place of, the approved one among them.

    Their rows need no lock of their own: every action on them waits for the evidence's.
    """
    others = version.evidence.versions.select_related("evidence").filter(state__in=_REPLACED)
    found = list(others.exclude(pk=version.pk).order_by("number"))
    for other in found:
        if other.number > version.number and other.state == VersionState.APPROVED:
            raise NewerIsApproved(other.number)
    return [other for other in found if other.number < version.number]
