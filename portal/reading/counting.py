"""How many are asked to read a policy and how many confirmed it, corner by corner.

A corner is a site and a role: no site is every site, no role is any role. Somebody counts once in
every corner that one of their memberships puts them in; a membership for every site puts nobody
into the corner of one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from portal.people.models import Membership
from portal.policies.models import PolicyPage
from portal.policies.queries import memberships_addressed
from portal.reading.models import Acknowledgement

Corner = tuple[int | None, str]
"""A site's id, or None for every site, and a role, or an empty text for any."""
EVERYWHERE: Corner = (None, "")


@dataclass(frozen=True)
class Counted:
    """How many are asked, and how many of them confirmed."""

    asked: int
    confirmed: int


def is_counted(page: PolicyPage) -> bool:
    """Tell whether anybody is asked to confirm this policy."""
    return page.live and hasattr(page, "in_force") and page.in_force.version.asks_to_confirm


def corners_counted(page: PolicyPage) -> dict[Corner, Counted]:
    """Count everybody a policy is for, in one statement. Nobody at all is one corner of zeros."""
    if not is_counted(page):
        return {}
    held = memberships_addressed(page).order_by()
    no_site, no_role = Cast(Value(None), IntegerField()), Value("", CharField())
    at_sites = held.filter(site__isnull=False)
    by_site_and_role = _counted(at_sites, page, {"in_site": F("site_id"), "in_role": F("role")})
    rows = by_site_and_role.union(
        _counted(at_sites, page, {"in_site": F("site_id"), "in_role": no_role}),
        _counted(held, page, {"in_site": no_site, "in_role": F("role")}),
        _counted(held, page, {"in_site": no_site, "in_role": no_role}),
        all=True,
    )
    found = {(site, role): Counted(asked, done) for site, role, asked, done in rows}
    return {EVERYWHERE: Counted(0, 0)} | found


def _counted(
    held: QuerySet[Membership], page: PolicyPage, corner: Mapping[str, Any]
) -> QuerySet[Membership, tuple[int | None, str, int, int]]:
    has_confirmed = Exists(confirmations_in_force(page).filter(person=OuterRef("person")))
    return (
        held.annotate(**corner, has_confirmed=has_confirmed)
        .values("in_site", "in_role")
        .annotate(
            asked=Count("person", distinct=True),
            confirmed=Count("person", distinct=True, filter=Q(has_confirmed=True)),
        )
        .values_list("in_site", "in_role", "asked", "confirmed")
    )


def confirmations_in_force(page: PolicyPage) -> QuerySet[Acknowledgement]:
    """Return the confirmations that count for the version in force."""
    major = page.in_force.version.major
    return Acknowledgement.objects.filter(page=page, major=major).order_by()


def corners_of(people: Collection[int], page: PolicyPage) -> dict[int, set[Corner]]:
    """Return the corners in which each of these people counts; whoever is not asked is left out.

    ``people`` holds ids.
    """
    if not people or not is_counted(page):
        return {}
    held = memberships_addressed(page).filter(person__in=people)
    found: dict[int, set[Corner]] = {}
    for person, site, role in held.values_list("person_id", "site_id", "role"):
        corners = found.setdefault(person, set())
        corners |= {EVERYWHERE, (None, role)}
        if site is not None:
            corners |= {(site, ""), (site, role)}
    return found
