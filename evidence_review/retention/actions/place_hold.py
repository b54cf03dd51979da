"""Hold evidence back from disposal, whatever its period."""

from django.db import transaction

from evidence_review.evidence.models import Evidence
from evidence_review.evidence.reasons import checked_reason
from evidence_review.retention.models import LegalHold
from evidence_review.retention.permissions import user_can_manage_retention
from portal.people.answers import require
from portal.people.models import Site, User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def place_hold(
    *, evidence: Evidence | None = None, site: Site | None = None, reason: str, actor: User
) -> LegalHold:
    """Hold one evidence, everything of a site, or (with neither) all evidence.

    Raises:
        NotPermitted: the actor is no IG lead of the whole organisation.
        ReasonNotAccepted: there is no reason, or it cannot be kept.
    """
    require(user_can_manage_retention(actor))
    why = checked_reason(reason, needed_to="place a hold")
    scope = LegalHold.Scope.EVERYTHING
    if evidence is not None:
        scope = LegalHold.Scope.EVIDENCE
        # So that a disposal under way ends first, or waits and finds the hold.
        Evidence.objects.select_for_update(of=("self",)).only("pk").get(pk=evidence.pk)
    elif site is not None:
        scope = LegalHold.Scope.SITE
    hold = LegalHold.objects.create(
        scope=scope, evidence=evidence, site=site, reason=why, placed_by=actor
    )
    covered = evidence.public_id if evidence else site.public_id if site else ""
    record(
        Verb.LEGAL_HOLD_PLACED,
        hold.record_ref,
        actor=actor,
        after="open",
        facts={"scope": scope.value, "covers": covered},
        detail={"covers": hold.covers, "reason": why},
    )
    return hold
