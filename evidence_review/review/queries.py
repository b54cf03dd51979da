"""What waits for whom, and what was decided. Filtered in SQL by where the person decides."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evidence_review.evidence.models import (
    Evidence,
    EvidenceLink,
    EvidenceType,
    EvidenceVersion,
)
from evidence_review.evidence.states import VersionState
from evidence_review.review.desk import desk_of
from evidence_review.review.models import Decision
from evidence_review.review.touched import TouchedBy
from portal.people.models import Site, User
from portal.people.queries import site_ids_for
from portal.people.roles import EVIDENCE_READERS
from portal.record.models import Event
from portal.record.verbs import Verb

COUNTED_AT_MOST = 100
"""A badge or a heading needs no more, and counting on costs the more the fuller the queue is."""
_KEPT_COUNT, _KEPT_WAITING = "_waiting_count", "_waiting_for"


def waiting_for(person: User) -> QuerySet[EvidenceVersion]:
    """Return the versions in review on which the person may decide now, in no order.

    The same rule as ``permissions.user_can_decide``, said in SQL: the open step asks for a role the
    person holds at the site (or somebody they stand in for does), and neither had a hand in it.
    """
    kept: QuerySet[EvidenceVersion] | None = person.__dict__.get(_KEPT_WAITING)
    if kept is not None:
        return kept.all()
    desk = desk_of(person)
    theirs = Q(pk__in=())
    for holder in desk.holders:
        hands = {person.pk, holder.pk}
        theirs |= desk.open_to(holder) & ~Q(uploaded_by__in=hands) & ~Q(TouchedBy(hands))
    in_review = EvidenceVersion.objects.filter(state=VersionState.IN_REVIEW)
    found = in_review.alias(**desk.approval_counts()).filter(theirs).order_by()
    person.__dict__[_KEPT_WAITING] = found
    return found.all()


def review_queue(
    person: User,
    *,
    site: Site | None = None,
    section: str = "",
    evidence_type: EvidenceType | None = None,
    older_than: datetime | None = None,
    search: str = "",
) -> QuerySet[EvidenceVersion]:
    """Return what waits for the person's decision, oldest first, with all that a list shows.

    Nothing of it is counted: take a slice.
    """
    found = waiting_for(person)
    if site is not None:
        found = found.filter(evidence__site=site)
    if section:
        speaks_to = EvidenceLink.objects.filter(
            evidence=OuterRef("evidence_id"), requirement__section=section
        )
        found = found.filter(Exists(speaks_to))
    if evidence_type is not None:
        found = found.filter(evidence__type=evidence_type)
    if older_than is not None:
        found = found.filter(state_since__lt=older_than)
    if search:
        found = found.filter(evidence__title__icontains=search)
    return found.select_related("evidence__site", "evidence__type", "uploaded_by").order_by(
        "state_since", "pk"
    )


def waiting_count(person: User) -> int:
    """Count what waits for the person, up to ``COUNTED_AT_MOST`` + 1. Asked once a request."""
    kept: int | None = person.__dict__.get(_KEPT_COUNT)
    if kept is None:
        kept = _some_waiting(person).count() if desk_of(person).is_in_use else 0
        person.__dict__[_KEPT_COUNT] = kept
    return kept


class CountOf(Subquery):
    """How many rows a query has, as one value beside the rows of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def counted(person: User, rows: QuerySet[EvidenceVersion]) -> list[EvidenceVersion]:
    """Read rows of the person's queue and, in the same query, how much waits for them in all.

    The next ``waiting_count`` knows it. Without a row there is nothing to read it from.
    """
    total = CountOf(_some_waiting(person).values("pk"))
    found: list[EvidenceVersion] = [*rows.annotate(waiting_in_all=total)]
    if found:
        person.__dict__[_KEPT_COUNT] = vars(found[0])["waiting_in_all"]
    return found


def _some_waiting(person: User) -> QuerySet[EvidenceVersion]:
    return waiting_for(person)[: COUNTED_AT_MOST + 1]


@dataclass(frozen=True)
class Place:
    """Where one version is in a person's queue.

    ``ahead`` and ``total`` stop at ``COUNTED_AT_MOST`` + 1. ``next`` is the one after it, or the
    first when it is the last; ``None`` when nothing else waits.
    """

    ahead: int
    total: int
    next: EvidenceVersion | None


def place_in_queue(person: User, version: EvidenceVersion) -> Place:
    """Return where a version is, or would be, in the person's queue."""
    queue = waiting_for(person).exclude(pk=version.pk).select_related("evidence")
    later = Q(state_since__gt=version.state_since) | Q(
        state_since=version.state_since, pk__gt=version.pk
    )
    in_order = queue.order_by("state_since", "pk")
    following = in_order.filter(later).first() or in_order.first()
    ahead = queue.exclude(later)[: COUNTED_AT_MOST + 1].count()
    return Place(ahead, waiting_count(person), following)


def decisions_seen_by(person: User) -> QuerySet[Decision]:
    """Return the decisions at the person's sites, newest first, with all that a report shows.

    ``submitted_at`` is when the version came into review; its upload where the record has no word
    of that.
    """
    submitted = Event.objects.filter(
        object_kind="evidence",
        object_ref=OuterRef("version__evidence__public_id"),
        object_version=OuterRef("version__number"),
        verb=Verb.VERSION_SUBMITTED,
    )
    found = Decision.objects.filter(_looked_at_by(person, "version__evidence__site"))
    return found.select_related(
        "version__evidence__site",
        "version__evidence__type",
        "decider",
        "on_behalf_of",
        "version__uploaded_by",
    ).annotate(
        submitted_at=Coalesce(
            Subquery(submitted.order_by("-seq").values("at")[:1]), "version__uploaded_at"
        )
    )


def evidence_looked_at_by(person: User) -> QuerySet[Evidence]:
    """Return the evidence of the sites where the person reads or reviews, with all a list shows.

    ``newest_state`` and ``newest_number`` are of the newest version, ``approved_number`` of the
    approved one; each is ``None`` where there is no such version.
    """
    newest = EvidenceVersion.objects.filter(evidence=OuterRef("pk")).order_by("-number")
    approved = newest.filter(state=VersionState.APPROVED)
    return (
        Evidence.objects.filter(_looked_at_by(person, "site"))
        .select_related("site", "type", "owner")
        .annotate(
            newest_state=Subquery(newest.values("state")[:1]),
            newest_number=Subquery(newest.values("number")[:1]),
            approved_number=Subquery(approved.values("number")[:1]),
        )
    )


def _looked_at_by(person: User, site: str) -> Q:
    """Return the condition that the site is one where the person reads or reviews evidence."""
    desk = desk_of(person)
    looking = EVIDENCE_READERS | desk.roles
    condition = Q(pk__in=())
    for holder in desk.holders:
        ids = site_ids_for(holder, looking)
        if ids is None:
            return Q()
        if ids:
            condition |= Q(**{f"{site}__in": ids}) | Q(**{f"{site}__isnull": True})
    return condition


def newest_waiting(person: User, *, since: datetime) -> EvidenceVersion | None:
    """Return the newest of what came in for the person since a moment, if anything did."""
    return waiting_for(person).filter(state_since__gt=since).order_by("-state_since", "-pk").first()


def waiting_since(person: User, moment: datetime) -> list[EvidenceVersion]:
    """Return what has waited for the person since before a moment, oldest first."""
    return list(review_queue(person, older_than=moment)[:COUNTED_AT_MOST])
