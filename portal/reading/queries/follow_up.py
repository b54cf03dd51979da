"""Who has confirmed what, as those see it who follow it up. All limits are set in the query."""

from collections.abc import Collection

from django.db.models import (
    Case,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.utils import timezone

from portal.people.models import Membership, Site, User
from portal.people.queries import active_on
from portal.policies.models import PolicyPage
from portal.policies.queries import current_policies, memberships_addressed
from portal.reading.counting import confirmations_in_force
from portal.reading.models import Acknowledgement, Nudge, ReadingCount
from portal.reading.queries.asked import with_asked_since

Sites = Collection[int] | None
"""Ids of the sites whose people are followed; None is everybody, wherever they work."""


def policies_asking() -> QuerySet[PolicyPage]:
    """Return the policies in force whose readers are asked to confirm."""
    asking = current_policies().filter(in_force__version__asks_to_confirm=True)
    return asking.defer("body", "quiz")


def policies_followed(sites: Sites, role: str = "") -> QuerySet[PolicyPage]:
    """Return the policies that ask somebody there, worst first, each with its kept counts.

    ``asked``, ``confirmed`` and ``counted_at`` are None where nobody has counted yet. With several
    sites they are the sums of the sites: whoever works at two of them counts at each.
    """
    rows = ReadingCount.objects.filter(_at(sites), page=OuterRef("pk"), role=role)
    counts = rows.order_by().values("page")
    found = policies_asking().annotate(
        asked=Subquery(counts.annotate(n=Sum("asked")).values("n"), IntegerField()),
        confirmed=Subquery(counts.annotate(n=Sum("confirmed")).values("n"), IntegerField()),
        counted_at=Subquery(counts.annotate(n=Min("counted_at")).values("n")),
    )
    if sites is not None or role:
        found = found.filter(asked__gt=0)
    share = ExpressionWrapper(F("confirmed") * 1.0 / F("asked"), FloatField())
    late = Q(in_force__version__confirm_by__lt=timezone.localdate(), confirmed__lt=F("asked"))
    worst_first: QuerySet[PolicyPage] = found.annotate(
        is_on_time=Case(When(late, then=Value(0)), default=Value(1)),
        share=Case(When(asked__gt=0, then=share), default=Value(2.0)),
    ).order_by("is_on_time", "share", "title", "pk")
    return worst_first


def sites_counted(sites: Sites, page: PolicyPage | None = None) -> QuerySet[Site]:
    """Return the sites followed with ``asked`` and ``confirmed``, worst first.

    Of one policy, or summed over all: then whoever is asked by three policies counts three times.
    """
    rows = ReadingCount.objects.filter(site=OuterRef("pk"), role="")
    rows = rows.filter(page__in=policies_asking()) if page is None else rows.filter(page=page)
    counts = rows.order_by().values("site")
    open_sites = Site.objects.filter(is_active=True)
    chosen = open_sites if sites is None else open_sites.filter(pk__in=sites)
    found = chosen.annotate(
        asked=Subquery(counts.annotate(n=Sum("asked")).values("n"), IntegerField()),
        confirmed=Subquery(counts.annotate(n=Sum("confirmed")).values("n"), IntegerField()),
    ).filter(asked__gt=0)
    share = ExpressionWrapper(F("confirmed") * 1.0 / F("asked"), FloatField())
    return found.annotate(share=share).order_by("share", "name", "pk")


def readers_of(page: PolicyPage, sites: Sites, role: str = "") -> QuerySet[User]:
    """Return the people whom a policy asks, at these sites and in this role, by name."""
    held = _addressed(page, sites, role)
    return User.objects.filter(Exists(held)).order_by("last_name", "first_name", "pk")


def with_standing(
    people: QuerySet[User], page: PolicyPage, sites: Sites, role: str = ""
) -> QuerySet[User]:
    """Give each of a policy's readers how they stand with it.

    That is ``asked_since`` (a day) and, where they confirmed, ``confirmed_at``, ``confirmed_how``,
    ``confirmed_number`` and ``sheet_ref`` of the first confirmation that counts.
    """
    held = _addressed(page, sites, role).order_by("starts")
    first = confirmations_in_force(page).filter(person=OuterRef("pk")).order_by("pk")
    return people.annotate(
        asked_since=Subquery(held.values("starts")[:1]),
        confirmed_at=Subquery(first.values("at")[:1]),
        confirmed_how=Subquery(first.values("how")[:1]),
        confirmed_number=Subquery(first.values("version__number")[:1]),
        sheet_ref=Subquery(first.values("sheet_ref")[:1]),
    )


def _addressed(page: PolicyPage, sites: Sites, role: str) -> QuerySet[Membership]:
    held = memberships_addressed(page).filter(person=OuterRef("pk"))
    if sites is not None:
        held = held.filter(site__in=sites)
    return held.filter(role=role) if role else held


def with_confirmation(people: QuerySet[User], page: PolicyPage, *, has: bool) -> QuerySet[User]:
    """Keep those who have confirmed, or those who have not."""
    confirmed = Exists(confirmations_in_force(page).filter(person=OuterRef("pk")))
    return people.filter(confirmed if has else ~confirmed)


def those_named(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Keep people of whom every word is part of the name."""
    for word in words.split():
        people = people.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return people


def last_nudges(page: PolicyPage, people: Collection[User]) -> dict[int, Nudge]:
    """Return the newest reminder of each of these people about one policy, by the person's id."""
    nudges = Nudge.objects.filter(page=page, person__in=people).select_related("by")
    return {nudge.person_id: nudge for nudge in nudges.order_by("at", "pk")}


def person_followed(public_id: str, sites: Sites) -> User | None:
    """Return an active person who works at one of the sites today; None for anybody else."""
    held = Membership.objects.filter(active_on(timezone.localdate()), person=OuterRef("pk"))
    if sites is not None:
        held = held.filter(site__in=sites)
    return User.objects.filter(Exists(held), public_id=public_id, is_active=True).first()


def policies_of(person: User) -> QuerySet[PolicyPage]:
    """Return the policies that ask somebody, each with ``confirmed_at`` and ``confirmed_how``.

    What is not confirmed comes first, then what is to be confirmed soonest.
    """
    first = Acknowledgement.objects.filter(
        page=OuterRef("pk"), major=OuterRef("in_force__version__major"), person=person
    ).order_by("pk")
    asking = with_asked_since(policies_asking(), person).filter(asked_since__isnull=False)
    found: QuerySet[PolicyPage] = asking.annotate(
        confirmed_at=Subquery(first.values("at")[:1]),
        confirmed_how=Subquery(first.values("how")[:1]),
        confirmed_number=Subquery(first.values("version__number")[:1]),
        sheet_ref=Subquery(first.values("sheet_ref")[:1]),
    ).order_by(F("confirmed_at").desc(nulls_first=True), "in_force__version__confirm_by", "title")
    return found


def _at(sites: Sites) -> Q:
    return Q(site=None) if sites is None else Q(site__in=sites)
