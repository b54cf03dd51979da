"""Whom a policy is for: which of its rows (``PolicyAudience``) speak to a person."""

from collections.abc import Collection
from itertools import product

from django.db.models import Q

from portal.people.models import Site, User
from portal.people.queries import memberships_of
from portal.people.roles import Role

ANY_ROLE = ""
SEES_EVERYTHING = frozenset({Role.EDITOR, Role.IG_LEAD})
"""Write, approve and follow up: they read every policy."""
MANAGERS = frozenset({Role.REGISTERED_MANAGER, Role.GROUP_MANAGER})
"""Read what holds at their sites for anybody, because they answer for who follows it."""


def pairs_of(roles: Collection[str], sites: Collection[Site]) -> list[tuple[str, Site | None]]:
    """Return the (role, site) pairs of an audience; nothing chosen is any role, every site."""
    places: list[Site | None] = list(sites) or [None]
    return list(product(sorted(roles) or [ANY_ROLE], places))


def rows_for(person: User) -> Q:
    """Return the condition on audience rows that let this person read their policy.

    An empty condition lets the person read every policy.
    """
    held = memberships_of(person)
    if any(role in SEES_EVERYTHING for role, _ in held):
        return Q()
    rows = Q(role=ANY_ROLE, site=None)
    for role, site in held:
        who = Q() if role in MANAGERS else Q(role__in=(ANY_ROLE, role))
        where = Q(pk__isnull=False) if site is None else Q(site=None) | Q(site=site)
        rows |= who & where
    return rows
