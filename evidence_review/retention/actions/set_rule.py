"""Say how long one kind of evidence is kept."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from evidence_review.retention.models import RetentionRule
from evidence_review.retention.permissions import user_can_manage_retention
from evidence_review.retention.terms import Basis
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How long, from when, and on whose word."""

    months: int
    basis: Basis
    months_never_approved: int
    source: str


@transaction.atomic
def set_rule(code: str, wanted: Wanted, *, actor: User) -> RetentionRule:
    """Set and confirm the rule of the kind of evidence with this code.

    Saving it as it was confirms it, too. It holds at once, for files that are there already.

    Raises:
        NotPermitted: the actor is no IG lead of the whole organisation.
    """
    require(user_can_manage_retention(actor))
    found = RetentionRule.objects.select_for_update(of=("self",)).select_related("type")
    rule = found.get(type__code=code)
    before = f"{rule.months}/{rule.basis}/{rule.months_never_approved}"
    was_confirmed = rule.is_confirmed
    if rule.source != wanted.source:
        rule.source, rule.confidence = wanted.source, RetentionRule.Confidence.SOURCE
    rule.months, rule.basis = wanted.months, wanted.basis
    rule.months_never_approved = wanted.months_never_approved
    rule.confirmed_by, rule.confirmed_at = actor, timezone.now()
    rule.save()
    record(
        Verb.RETENTION_RULE_CHANGED,
        rule.record_ref,
        actor=actor,
        before=before if was_confirmed else "",
        after=f"{rule.months}/{rule.basis}/{rule.months_never_approved}",
        facts={
            "months": rule.months,
            "basis": rule.basis,
            "months_never_approved": rule.months_never_approved,
        },
        detail={"kind": rule.type.name, "source": rule.source},
    )
    return rule
