"""What the screens about people and places ask."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import KEPT_FOR, KeptSheet
from portal.people.models import Membership, Site, User
from portal.people.queries import active_on
from portal.people.roles import Role


def people_listed() -> QuerySet[User]:
    """Return everybody, each with today's memberships as the list ``roles_now``."""
    now = Membership.objects.filter(active_on(timezone.localdate())).select_related("site")
    return User.objects.prefetch_related(
        Prefetch("memberships", now.order_by("role", "site__name"), to_attr="roles_now")
    )


def those_called(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Keep people of whom every word is part of a name, the job title or the address."""
    for word in words.split():
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(job_title__icontains=word)
            | Q(email__icontains=word)
        )
    return people


def those_holding(people: QuerySet[User], role: str, site: Site | None) -> QuerySet[User]:
    """Keep people who hold a role today; at a site, those who hold it for every site too."""
    held = Membership.objects.filter(active_on(timezone.localdate()), person=OuterRef("pk"))
    if role:
        held = held.filter(role=role)
    if site:
        held = held.filter(Q(site=site) | Q(site__isnull=True))
    return people.filter(Exists(held))


def memberships_in_order(person: User) -> list[Membership]:
    """Return every membership of a person, the latest beginning first."""
    return list(person.memberships.select_related("site").order_by("-starts", "role", "pk"))


def sites_listed() -> QuerySet[Site]:
    """Return every site with ``people_count``: how many active people hold a role just there."""
    today = timezone.localdate()
    held = Q(memberships__starts__lte=today, memberships__person__is_active=True)
    held &= Q(memberships__ends__isnull=True) | Q(memberships__ends__gte=today)
    count = Count("memberships__person", filter=held, distinct=True)
    # Said again: counting takes the model's own order away.
    return Site.objects.annotate(people_count=count).order_by("name", "pk")


def count_people_at(site: Site) -> int:
    """Return how many active people hold a role today at just this site."""
    held = site.memberships.filter(active_on(timezone.localdate()), person__is_active=True)
    return held.values("person").distinct().count()


def count_who_can_sign_in_as(role: Role) -> int:
    """Return how many active people with an e-mail address hold a role today, wherever."""
    return (
        Membership.objects.filter(
            active_on(timezone.localdate()),
            role=role,
            person__is_active=True,
            person__email__isnull=False,
        )
        .values("person")
        .distinct()
        .count()
    )


def sheets_of(person: User, kind: str) -> QuerySet[KeptSheet]:
    """Return what a person uploaded lately and has not imported; nobody else sees it."""
    since = timezone.now() - KEPT_FOR
    return KeptSheet.objects.filter(person=person, kind=kind, kept_at__gt=since)
