"""One policy as one person finds it, in as few questions as can be."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from portal.people.answers import require
from portal.people.models import User
from portal.policies.models import PolicyPage, PolicyVersion
from portal.policies.permissions import user_can_read_policy
from portal.reading.gone import Withdrawn
from portal.reading.models import Acknowledgement
from portal.reading.queries.asked import with_asked_since
from portal.reading.standing import Standing
from portal.record.queries import events_about
from portal.record.verbs import Verb

_SHOWN = ("title", "slug", "live", "topic", "summary", "review_date", "confirm_days", "quiz")
_PERSON = ("first_name", "last_name", "job_title", "email", "public_id")
_SHOWN_OF_OTHERS = (
    *(f"policy_owner__{name}" for name in _PERSON),
    *(f"in_force__version__approved_by__{name}" for name in _PERSON),
    *(f"in_force__version__{field.name}" for field in PolicyVersion._meta.concrete_fields),
    "in_force__page",
)


def open_policy(slug: str, person: User) -> Standing:
    """Return the policy at an address as the person finds it.

    Raises:
        Http404: there is no policy there, or none that was ever published.
        NotPermitted: it is not for this person; the reason says so.
        Withdrawn: it does not hold any more.
    """
    pages = PolicyPage.objects.filter(slug=slug, in_force__isnull=False)
    return _standing(with_asked_since(pages, person), person)


def open_policy_by_id(page_id: int, person: User) -> Standing:
    """Return a policy by its id. Raises as ``open_policy`` does."""
    pages = PolicyPage.objects.filter(pk=page_id, in_force__isnull=False)
    return _standing(with_asked_since(pages, person), person)


def _standing(pages: QuerySet[PolicyPage], person: User) -> Standing:
    page = (
        pages.select_related("policy_owner", "in_force__version__approved_by")
        .only(*_SHOWN, *_SHOWN_OF_OTHERS)
        .first()
    )
    if page is None:
        raise Http404("There is no policy at this address. Look for it among all policies.")
    if page.asked_since is None:
        require(user_can_read_policy(person, page))
    if not page.live:
        raise Withdrawn(page)
    return Standing(
        page=page,
        version=page.in_force.version,
        asked_since=page.asked_since,
        last=last_confirmation(page, person),
    )


def last_confirmation(page: PolicyPage, person: User) -> Acknowledgement | None:
    """Return the person's confirmation of the newest version of a policy that they confirmed."""
    return (
        Acknowledgement.objects.filter(person=person, page=page)
        .select_related("version")
        .order_by("-version__number")
        .first()
    )


def withdrawn_at(page: PolicyPage) -> datetime | None:
    """Return when a policy was withdrawn last."""
    about = page.record_ref
    found = events_about(about.kind, about.ref).filter(verb=Verb.POLICY_WITHDRAWN).first()
    return found.at if found else None
