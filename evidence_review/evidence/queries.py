"""Named selections of evidence, filtered in SQL by what the person may see."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import VersionState
from portal.people.models import User
from portal.people.queries import roles_anywhere, site_ids_for
from portal.people.roles import EVIDENCE_READERS
from portal.record.models import Event
from portal.record.queries import events_about


def lock_version(public_id: str) -> EvidenceVersion:
    """Lock a version for an action and return it.

    The evidence is locked first, always: so all actions on the versions of one evidence wait for
    each other, and two of them can never hold half of what the other needs.

    Raises:
        EvidenceVersion.DoesNotExist: when there is none with this public id.
    """
    evidence_id = EvidenceVersion.objects.values_list("evidence_id", flat=True).get(
        public_id=public_id
    )
    Evidence.objects.select_for_update().only("pk").get(pk=evidence_id)
    return (
        EvidenceVersion.objects.select_for_update(of=("self",))
        .select_related("evidence", "evidence__site", "evidence__type", "uploaded_by")
        .get(public_id=public_id)
    )


def visible_evidence(person: User) -> QuerySet[Evidence]:
    """Return the evidence the person may see: their sites' and the whole organisation's."""
    return Evidence.objects.filter(_visible_to(person, "site_id"))


def visible_versions(person: User) -> QuerySet[EvidenceVersion]:
    """Return the versions of the evidence the person may see."""
    return EvidenceVersion.objects.filter(_visible_to(person, "evidence__site_id"))


def _visible_to(person: User, site_field: str) -> Q:
    if not roles_anywhere(person) & EVIDENCE_READERS:
        return Q(pk__in=())
    sites = site_ids_for(person, EVIDENCE_READERS)
    if sites is None:
        return Q()
    return Q(**{f"{site_field}__in": sites}) | Q(**{f"{site_field}__isnull": True})


def current_approved(evidence: Evidence) -> EvidenceVersion | None:
    """Return the approved version, of which there is at most one."""
    return evidence.versions.filter(state=VersionState.APPROVED).first()


def versions_named(public_ids: Iterable[str], person: User) -> QuerySet[EvidenceVersion]:
    """Return those of the named versions that the person may see, newest first."""
    return (
        visible_versions(person)
        .filter(public_id__in=list(public_ids))
        .select_related("evidence", "evidence__site")
        .order_by("-uploaded_at", "-pk")
    )


def editors_since_last_approval(evidence: Evidence) -> set[int]:
    """Return the ids of those who uploaded or changed this evidence since it was last approved.

    The day of the last approval is when the newest version that was ever approved got its final
    decision; the approved version's own ``state_since`` is that moment while it stands. Before the
    first approval everybody who touched the evidence counts.
    """
    approved = current_approved(evidence)
    since = Q() if approved is None else Q(history_date__gt=approved.state_since)
    changed = set(
        evidence.history.filter(since, history_user__isnull=False).values_list(
            "history_user_id", flat=True
        )
    )
    link_history = evidence.links.model.history.filter(evidence_id=evidence.pk)
    linked = set(
        link_history.filter(since, history_user__isnull=False).values_list(
            "history_user_id", flat=True
        )
    )
    return changed | linked


def evidence_history(evidence: Evidence) -> QuerySet[Event]:
    """Return everything the record says of this evidence and its versions, newest first."""
    return events_about(evidence.record_ref.kind, evidence.record_ref.ref)


def versions_by_evidence(found: Iterable[Evidence]) -> dict[int, list[EvidenceVersion]]:
    """Return the versions of each evidence, newest first, by its primary key, in one query."""
    rows = (
        EvidenceVersion.objects.filter(evidence__in=[evidence.pk for evidence in found])
        .select_related("evidence", "evidence__site")
        .order_by("evidence_id", "-number")
    )
    versions: dict[int, list[EvidenceVersion]] = {}
    for version in rows:
        versions.setdefault(version.evidence_id, []).append(version)
    return versions


def recent_uploads(person: User) -> QuerySet[EvidenceVersion]:
    """Return the person's uploads of the last day, newest first, twenty at most."""
    since = timezone.now() - timedelta(days=1)
    return (
        EvidenceVersion.objects.filter(uploaded_by=person, uploaded_at__gte=since)
        .select_related("evidence", "evidence__site")
        .order_by("-uploaded_at", "-pk")[:20]
    )
