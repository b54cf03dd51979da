"""What may go, what must stay, and what was disposed of. Filtered in SQL."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import DISPOSABLE, VersionState
from evidence_review.retention.models import Disposal, LegalHold, RetentionRule
from evidence_review.retention.terms import (
    Basis,
    Term,
    counted_from,
    latest_start,
    midnight_after,
)
from evidence_review.review.models import Decision
from portal.people.models import Site
from portal.policies.models import PolicyDownload


def all_rules() -> QuerySet[RetentionRule]:
    """Return the rule of every kind, in the order of the kinds."""
    return RetentionRule.objects.select_related("type", "confirmed_by")


def rules_by_type() -> dict[int, RetentionRule]:
    """Return the confirmed rules, by the primary key of their kind of evidence."""
    return {rule.type_id: rule for rule in all_rules() if rule.is_confirmed}


def was_approved() -> Exists:
    """Return the condition that a version was approved once."""
    return Exists(
        Decision.objects.filter(
            version=OuterRef("pk"), is_final=True, outcome=Decision.Outcome.APPROVE
        )
    )


def open_holds() -> QuerySet[LegalHold]:
    """Return the holds that hold now, newest first."""
    found = LegalHold.objects.filter(lifted_at=None)
    return found.select_related("evidence", "site", "placed_by")


def all_holds() -> QuerySet[LegalHold]:
    """Return every hold there ever was, the open ones first."""
    found = LegalHold.objects.select_related("evidence", "site", "placed_by", "lifted_by")
    return found.order_by("lifted_at", "-placed_at", "-pk")


def holds_on(evidence: Evidence) -> QuerySet[LegalHold]:
    """Return the open holds that cover an evidence."""
    sites = Evidence.history.filter(id=evidence.pk, site__isnull=False).values("site_id")
    covers = Q(evidence=evidence) | Q(scope=LegalHold.Scope.EVERYTHING) | Q(site__in=sites)
    if evidence.site_id is not None:
        covers |= Q(site=evidence.site_id)
    return open_holds().filter(covers)


def _on_hold() -> Q:
    """Return the condition that an open hold covers a version, as ``holds_on`` says it."""
    held = LegalHold.objects.filter(lifted_at=None)
    once_there = Evidence.history.filter(
        id=OuterRef(OuterRef("evidence_id")), site__isnull=False
    ).values("site_id")
    return (
        Exists(held.filter(scope=LegalHold.Scope.EVERYTHING))
        | Exists(held.filter(evidence=OuterRef("evidence_id")))
        | Exists(held.filter(site=OuterRef("evidence__site_id")))
        | Exists(held.filter(site__in=once_there))
    )


def offered_by_a_policy() -> Exists:
    """Return the condition that a policy in force offers a version to its readers."""
    return Exists(PolicyDownload.objects.filter(public_id=OuterRef("public_id"), page__live=True))


def due_for_disposal(
    today: date | None = None,
    *,
    site: Site | None = None,
    type_id: int | None = None,
    words: str = "",
) -> QuerySet[EvidenceVersion]:
    """Return the versions that may be disposed of today, those out of use longest first.

    Each has ``once_approved``. The rules are read when this is called; nothing else is.
    """
    today = today or timezone.localdate()
    found = (
        EvidenceVersion.objects.filter(state__in=DISPOSABLE)
        .annotate(once_approved=was_approved())
        .filter(_over(today))
        .exclude(_on_hold())
        .exclude(offered_by_a_policy())
    )
    if site is not None:
        found = found.filter(evidence__site=site)
    if type_id is not None:
        found = found.filter(evidence__type=type_id)
    for word in words.split():
        found = found.filter(evidence__title__icontains=word)
    return found.select_related("evidence__site", "evidence__type", "uploaded_by").order_by(
        "state_since", "pk"
    )


def _over(today: date) -> Q:
    """Return the condition that the period of a version is over: ``Term.is_over``, in SQL."""
    condition = Q(pk__in=())
    for rule in rules_by_type().values():
        ended = midnight_after(latest_start(today, rule.months))
        approved = Q(once_approved=True, state_since__lt=ended)
        if rule.basis == Basis.UPLOADED:
            approved = Q(once_approved=True, uploaded_at__lt=ended)
        elif rule.basis == Basis.PERIOD_END:
            last = latest_start(today, rule.months)
            approved &= Q(evidence__period_end=None) | Q(evidence__period_end__lte=last)
        stopped = midnight_after(latest_start(today, rule.months_never_approved))
        never = Q(once_approved=False, state_since__lt=stopped)
        condition |= Q(evidence__type=rule.type_id) & (approved | never)
    return condition


def term_of(version: EvidenceVersion, rule: RetentionRule, *, once_approved: bool) -> Term:
    """Return how long a version is kept under a rule. Its evidence must be loaded."""
    basis = Basis(rule.basis) if once_approved else Basis.STOPPED
    return Term(
        months=rule.months if once_approved else rule.months_never_approved,
        basis=basis,
        counted_from=counted_from(version, basis),
        was_approved=once_approved,
    )


def needed_bytes(sha256: str) -> bool:
    """Whether some version that was not disposed of has these bytes."""
    kept = EvidenceVersion.objects.exclude(state=VersionState.DISPOSED)
    return kept.filter(sha256=sha256).exists()


def disposed_since(moment: datetime) -> list[str]:
    """Return the SHA-256s disposed of since a moment that no other version needs."""
    kept = EvidenceVersion.objects.filter(sha256=OuterRef("sha256")).exclude(
        state=VersionState.DISPOSED
    )
    found = Disposal.objects.filter(~Exists(kept), at__gte=moment).order_by()
    return list(found.values_list("sha256", flat=True).distinct())


def disposals_of(evidence: Evidence) -> QuerySet[Disposal]:
    """Return the certificates of an evidence, newest first."""
    found = Disposal.objects.filter(version__evidence=evidence)
    return found.select_related("version", "disposed_by")


def edited_after(version: EvidenceVersion, person_id: int) -> bool:
    """Whether the person changed what is said of the evidence after the version was out of use."""
    # The row is written a moment before the event, so what is of the same second counts as before.
    since = version.state_since + timedelta(seconds=1)
    changed = version.evidence.history.filter(history_user_id=person_id, history_date__gt=since)
    return bool(changed.exists())


def versions_chosen(public_ids: Iterable[str]) -> QuerySet[EvidenceVersion]:
    """Return those of the named versions that may be disposed of today."""
    return due_for_disposal().filter(public_id__in=list(public_ids))
