"""Named selections of assessments, filtered in SQL by what the person may see."""

from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from evidence_review.assessments.models import Assessment, Response
from portal.people.models import User
from portal.people.queries import roles_anywhere, site_ids_for
from portal.people.roles import EVIDENCE_READERS

HEAD_OFFICE_FIRST = F("site__name").asc(nulls_first=True)
"""By the name of the site; databases differ in where they put what has none."""


def visible_assessments(person: User) -> QuerySet[Assessment]:
    """Return the assessments the person may see: head office's, and those of their sites."""
    found = Assessment.objects.select_related("edition", "site")
    if not roles_anywhere(person) & EVIDENCE_READERS:
        return found.none()
    sites = site_ids_for(person, EVIDENCE_READERS)
    return found if sites is None else found.filter(Q(site__isnull=True) | Q(site__in=sites))


def current_assessments(person: User) -> QuerySet[Assessment]:
    """Return the visible assessments of editions in use, head office's first, then by site."""
    return (
        visible_assessments(person)
        .filter(edition__in_use=True)
        .order_by("edition__position", "-edition__starts", HEAD_OFFICE_FIRST, "pk")
    )


def responses_in_order(assessment: Assessment) -> QuerySet[Response]:
    """Return the answers of an assessment in catalogue order, each with its requirement."""
    return (
        Response.objects.filter(assessment=assessment, requirement__is_retired=False)
        .select_related("requirement")
        .order_by("requirement__position")
    )


def deadline(today: date | None = None) -> date:
    """Return the next 30 June: the day by which the DSPT is published each year."""
    today = today or timezone.localdate()
    this_year = date(today.year, 6, 30)
    return this_year if today <= this_year else date(today.year + 1, 6, 30)
