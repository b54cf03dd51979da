"""Who holds which role, and which sites that opens."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.people.models import Membership, Organisation, Site, User
from portal.people.roles import Role

_HELD = """
    SELECT role, site_id FROM people_membership
    WHERE person_id = %s AND starts <= %s AND (ends IS NULL OR ends >= %s)
    ORDER BY role, starts
"""
"""As ``active_on``. Written out: every page asks it, and putting it together costs more than it."""


def active_on(day: date) -> Q:
    """Return the condition for memberships that count on ``day``."""
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))


def memberships_of(person: User) -> list[tuple[Role, int | None]]:
    """Return today's (role, site id or None for every site) pairs of one person.

    The answer is kept on the person object, which lives as long as one request or job: a page that
    asks twenty permission questions reads the memberships once.
    """
    kept: list[tuple[Role, int | None]] | None = getattr(person, "_active_memberships", None)
    if kept is not None:
        return kept
    pairs: list[tuple[Role, int | None]] = []
    if person.is_authenticated and person.is_active:
        today = timezone.localdate()
        with connection.cursor() as cursor:
            cursor.execute(_HELD, [person.pk, today, today])
            pairs = [(Role(role), site_id) for role, site_id in cursor.fetchall()]
    person._active_memberships = pairs  # type: ignore[attr-defined]  # a cache for this request
    return pairs


def remember_memberships(people: Iterable[User]) -> list[User]:
    """Return the people, having read the memberships of all of them in one statement."""
    known = list(people)
    held: dict[int, list[tuple[Role, int | None]]] = {person.pk: [] for person in known}
    rows = Membership.objects.filter(
        active_on(timezone.localdate()), person__in=known, person__is_active=True
    )
    for person_id, role, site_id in rows.values_list("person_id", "role", "site_id"):
        held[person_id].append((Role(role), site_id))
    for person in known:
        person._active_memberships = held[person.pk]  # type: ignore[attr-defined]  # see above
    return known


def forget_memberships(person: User) -> None:
    """Drop what ``memberships_of`` kept, after a change of memberships."""
    person.__dict__.pop("_active_memberships", None)


def roles_anywhere(person: User) -> frozenset[Role]:
    """Return every role the person holds today, at whatever site."""
    return frozenset(role for role, _ in memberships_of(person))


def roles_at(person: User, site: Site | int | None) -> frozenset[Role]:
    """Return the roles the person holds at one site; ``None`` asks about the whole organisation.

    A role held for every site counts at each. A role held at one site does not count for the whole.
    """
    site_id = site.pk if isinstance(site, Site) else site
    return frozenset(
        role for role, held_at in memberships_of(person) if held_at is None or held_at == site_id
    )


def holds_everywhere(person: User, roles: Collection[Role]) -> bool:
    """Tell whether one of the roles is held for the whole organisation."""
    return any(role in roles and site is None for role, site in memberships_of(person))


def site_ids_for(person: User, roles: Collection[Role]) -> frozenset[int] | None:
    """Return the ids of the sites where one of the roles is held; ``None`` means every site."""
    if holds_everywhere(person, roles):
        return None
    return frozenset(
        site for role, site in memberships_of(person) if role in roles and site is not None
    )


def sites_for(person: User, roles: Collection[Role]) -> QuerySet[Site]:
    """Return the open sites where the person holds one of the roles."""
    sites = Site.objects.filter(is_active=True)
    ids = site_ids_for(person, roles)
    return sites if ids is None else sites.filter(pk__in=ids)


def people_with_role(roles: Iterable[Role], site: Site | None = None) -> QuerySet[User]:
    """Return the active people who hold one of the roles today at ``site`` (or for the whole)."""
    where = Q(memberships__site__isnull=True)
    if site is not None:
        where |= Q(memberships__site=site)
    today = timezone.localdate()
    active = Q(memberships__starts__lte=today) & (
        Q(memberships__ends__isnull=True) | Q(memberships__ends__gte=today)
    )
    return User.objects.filter(
        where & active, is_active=True, memberships__role__in=list(roles)
    ).distinct()


def the_organisation() -> Organisation | None:
    """Return the provider, or ``None`` before set-up."""
    return Organisation.objects.order_by("pk").first()


def organisation_name() -> str:
    """Return the provider's name; nothing before set-up. On every page, so written out too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_organisation ORDER BY id LIMIT 1")
        row = cursor.fetchone()
    return str(row[0]) if row else ""
