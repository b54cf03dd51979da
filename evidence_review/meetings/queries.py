"""Named selections of meetings, and of those who may have been there."""

from collections.abc import Collection, Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.meetings.models import Meeting
from portal.people.models import Site, User
from portal.policies.models import PolicyAudience, PolicyPage
from portal.policies.queries import memberships_addressed
from portal.reading.permissions import sites_followed
from portal.reading.proofs import MissingSheet
from portal.reading.queries.follow_up import policies_asking

GONE = frozenset(
    {
        VersionState.REFUSED_BY_GATE,
        VersionState.INFECTED,
        VersionState.UNSCANNABLE,
        VersionState.RETURNED,
        VersionState.REFUSED,
        VersionState.WITHDRAWN,
        VersionState.RECALLED,
        VersionState.DISPOSED,
    }
)
"""A file in one of these states shows nothing."""


def visible_meetings(person: User) -> QuerySet[Meeting]:
    """Return the meetings at the sites the person follows, newest first, with their numbers.

    Each has ``people_count`` and ``has_sheet``: whether a file of the sheet stands.
    """
    sites = sites_followed(person)
    where = Q() if sites is None else Q(site__in=sites)
    return (
        Meeting.objects.filter(where)
        .select_related("site", "sheet", "recorded_by")
        .annotate(people_count=Count("present"), has_sheet=Exists(_standing()))
        .order_by("-held_on", "-pk")
    )


def _standing() -> QuerySet[EvidenceVersion]:
    return EvidenceVersion.objects.filter(evidence=OuterRef("sheet")).exclude(state__in=GONE)


def missing_sheets(sheet_refs: Collection[str]) -> dict[str, MissingSheet]:
    """Return what is missing among the sheets of these meetings, by the meeting's public id.

    Named by the setting ``MISSING_SHEETS``: confirmations are kept below, sheets are kept here.
    """
    meetings = Meeting.objects.filter(~Exists(_standing()), public_id__in=sheet_refs)
    said = "The signed sheet was refused: upload it again."
    return {
        public_id: MissingSheet(said, reverse("meetings:detail", args=(public_id,)))
        for public_id in meetings.values_list("public_id", flat=True)
    }


def policies_read_at(site: Site) -> QuerySet[PolicyPage]:
    """Return the policies in force that ask somebody at a site to confirm, by title."""
    rows = PolicyAudience.objects.filter(Q(site=None) | Q(site=site), page=OuterRef("pk"))
    return policies_asking().filter(Exists(rows)).order_by("title")


def people_to_record(
    site: Site, pages: Sequence[PolicyPage], *, from_everywhere: bool = False
) -> QuerySet[User]:
    """Return those at a site whom one of the policies asks to confirm, by name.

    ``from_everywhere`` adds those who work at every site.
    """
    at_site = Q(site=site) | Q(site=None) if from_everywhere else Q(site=site)
    asked = Q(pk__in=())
    for page in pages:
        asked |= Q(Exists(memberships_addressed(page).filter(at_site, person=OuterRef("pk"))))
    return User.objects.filter(asked).order_by("last_name", "first_name", "pk")
