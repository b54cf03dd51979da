"""Who was accountable at a moment, and what was published, out of the history of those tables."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from evidence_review.assessments.duties import NEEDED
from evidence_review.assessments.models import NamedPerson, Publication
from evidence_review.inspection.past import Scope
from evidence_review.inspection.provider import Provider, ShownSite
from portal.people.models import Membership, Site, User
from portal.people.past import organisation_then, people_then, sites_then
from portal.people.roles import Role
from portal.record.moments import Moment
from portal.record.past_rows import as_model, rows_then


def provider_then(scope: Scope, moment: Moment, when: datetime) -> Provider:
    """Return the provider with the sites of a scope, as they were. Nine queries.

    ``when`` is the time that is asked about: duties and roles begin and end on days, and between
    two events of the record a day may begin.
    """
    day = timezone.localdate(when)
    sites = _sites(scope, moment)
    managers = _managers(moment, day)
    everywhere = managers.get(None, [])
    shown = tuple(
        ShownSite(site, tuple(dict.fromkeys([*managers.get(site.pk, []), *everywhere])))
        for site in sites
    )
    return Provider(
        organisation_then(moment),
        shown,
        tuple(_named(moment, day)),
        _published(moment, sites),
    )


def _sites(scope: Scope, moment: Moment) -> list[Site]:
    found = sorted(sites_then(moment).values(), key=lambda site: (site.name, site.pk))
    if scope.sites:
        return [site for site in found if site.public_id in scope.sites]
    there = rows_then(Site, moment, or_oldest=False)
    return [site for site in found if site.is_active and site.pk in there]


def _managers(moment: Moment, day: date) -> dict[int | None, list[User]]:
    rows = rows_then(Membership, moment, or_oldest=False).values()
    holding = [row for row in rows if row.role == Role.REGISTERED_MANAGER and _holds(row, day)]
    people = people_then(moment, {row.person_id for row in holding})
    holding.sort(
        key=lambda row: (people[row.person_id].first_name, people[row.person_id].last_name)
    )
    managers: dict[int | None, list[User]] = {}
    for row in holding:
        if people[row.person_id].is_active:
            managers.setdefault(row.site_id, []).append(people[row.person_id])
    return managers


def _named(moment: Moment, day: date) -> Iterable[NamedPerson]:
    rows = rows_then(NamedPerson, moment, or_oldest=False).values()
    named = [
        as_model(NamedPerson, row)
        for row in rows
        if row.duty in NEEDED and row.site_id is None and _holds(row, day)
    ]
    people = people_then(moment, {one.person_id for one in named if one.person_id})
    for one in named:
        one.person = people[one.person_id] if one.person_id else None
    order = [duty.value for duty in NEEDED]
    return sorted(named, key=lambda one: (order.index(one.duty), one.starts))


def _holds(row: Membership | NamedPerson, day: date) -> bool:
    return row.starts <= day and (row.ends is None or day <= row.ends)


def _published(moment: Moment, sites: list[Site]) -> Publication | None:
    """Return the newest publication of then that speaks for the sites; see ``provider``."""
    rows = rows_then(Publication, moment, or_oldest=False)
    found = Publication.objects.filter(pk__in=rows).select_related("assessment__edition")
    shown = {site.public_id for site in sites}
    for one in found.order_by("-published_at", "-pk"):
        own = one.assessment.site_id
        is_theirs = len(sites) == 1 and own == sites[0].pk
        if is_theirs or (own is None and shown <= {str(said["site"]) for said in one.sites}):
            one.entered_on = rows[one.pk].entered_on
            return one
    return None
