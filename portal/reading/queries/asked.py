"""Who is asked to confirm a policy: those it is for, not everybody who may read it."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from portal.people.models import Membership, User
from portal.people.queries import active_on
from portal.policies.audience import ANY_ROLE
from portal.policies.models import PolicyAudience, PolicyPage


def with_asked_since(pages: QuerySet[PolicyPage], person: User) -> QuerySet[PolicyPage]:
    """Annotate policies with ``asked_since``: the day from which the person is among its readers.

    That is the first day of the oldest membership of today that the policy is for; None when it is
    for none of them. The same rule as ``portal.policies.queries.audience_of``, asked of one person.
    """
    named = PolicyAudience.objects.filter(
        Q(role=ANY_ROLE) | Q(role=OuterRef("role")), page=OuterRef(OuterRef("pk"))
    )
    at_that_site = named.filter(Q(site=None) | Q(site=OuterRef("site")))
    fits = Membership.objects.filter(
        active_on(timezone.localdate()),
        Exists(at_that_site) | Q(site=None) & Exists(named),
        person=person,
    )
    since = Subquery(fits.order_by("starts").values("starts")[:1])
    annotated: QuerySet[PolicyPage] = pages.annotate(asked_since=since)
    return annotated
