"""Named selections of policies."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import TaskState

from portal.frameworks.models import Requirement
from portal.people.models import Membership, User
from portal.people.queries import active_on
from portal.policies.audience import ANY_ROLE, rows_for
from portal.policies.models import (
    FourEyesTask,
    PolicyAudience,
    PolicyDownload,
    PolicyPage,
    PolicyVersion,
)
from portal.policies.permissions import POLICY_WRITERS
from portal.policies.topics import Topic


def current_policies() -> QuerySet[PolicyPage]:
    """Return the live policies, each with its owner and the version in force.

    That version is ``page.in_force.version``; its ``version_number`` and ``version_at`` stand on
    the page itself. What is live without a version of ours was never approved and is left out.
    """
    live: QuerySet[PolicyPage] = (
        PolicyPage.objects.live()
        .filter(in_force__isnull=False)
        .select_related("policy_owner", "in_force__version")
        .annotate(
            version_number=F("in_force__version__number"),
            version_at=F("in_force__version__published_at"),
        )
    )
    return live


def policies_for(person: User) -> QuerySet[PolicyPage]:
    """Return the live policies this person may read, as ``current_policies`` gives them."""
    return current_policies().filter(_read_by(person))


def _read_by(person: User) -> Q:
    rows = rows_for(person)
    if not rows:
        return Q()
    return Q(Exists(PolicyAudience.objects.filter(rows, page=OuterRef("pk"))))


def policies_supporting(
    requirement: Requirement, person: User, limit: int = 10
) -> Sequence[PolicyPage]:
    """Return those of a person's policies that support a requirement, by title, without text."""
    found = policies_for(person).filter(supports=requirement).defer("body", "quiz")
    return list(found.order_by("title", "pk")[:limit])


def memberships_addressed(page: PolicyPage) -> QuerySet[Membership]:
    """Return today's memberships of active people to which the policy in force speaks."""
    named = PolicyAudience.objects.filter(Q(role=ANY_ROLE) | Q(role=OuterRef("role")), page=page)
    at_that_site = named.filter(Q(site=None) | Q(site=OuterRef("site")))
    held = Membership.objects.filter(active_on(timezone.localdate()), person__is_active=True)
    return held.filter(Exists(at_that_site) | Q(site=None) & Exists(named))


def audience_of(page: PolicyPage) -> QuerySet[User]:
    """Return the active people whom the policy in force is for, by one of their roles of today."""
    return User.objects.filter(Exists(memberships_addressed(page).filter(person=OuterRef("pk"))))


def policies_by_topic(pages: Iterable[PolicyPage]) -> list[tuple[str, list[PolicyPage]]]:
    """Return (topic's name, its policies by title) for every topic that has any."""
    order = {topic.value: place for place, topic in enumerate(Topic)}
    ordered = sorted(pages, key=lambda page: (order[page.topic], page.title.casefold()))
    return [
        (Topic(topic).label, list(group))
        for topic, group in groupby(ordered, key=lambda page: page.topic)
    ]


def newest_policies(person: User, limit: int = 3) -> Sequence[PolicyPage]:
    """Return those of a person's policies whose version is newest, newest first."""
    newest = policies_for(person).defer("body", "quiz").order_by("-version_at", "title")
    return list(newest[:limit])


def versions_of(page: PolicyPage) -> QuerySet[PolicyVersion]:
    """Return every published version of a policy, newest first, each with its approver."""
    versions: QuerySet[PolicyVersion] = page.versions.order_by("-number")
    return versions.select_related("approved_by")


def policies_due_for_review(day: date | None = None) -> QuerySet[PolicyPage]:
    """Return the live policies to be looked at again by ``day`` (today), most overdue first."""
    day = day or timezone.localdate()
    return current_policies().filter(review_date__lte=day).order_by("review_date", "title")


def offers_download(person: User, public_id: str, sha256: str) -> bool:
    """Tell whether a policy in force that this person may read offers exactly these bytes."""
    named = PolicyDownload.objects.filter(page=OuterRef("pk"), public_id=public_id, sha256=sha256)
    return policies_for(person).filter(Exists(named)).exists()


def people_who_write() -> QuerySet[User]:
    """Return the active people who write and approve policies today, at whatever site."""
    held = Membership.objects.filter(
        active_on(timezone.localdate()), person=OuterRef("pk"), role__in=POLICY_WRITERS
    )
    return User.objects.filter(Exists(held), is_active=True).order_by("pk")


def policies_waiting_for(person: User) -> list[TaskState]:
    """Return the policies that wait for a decision which this person may take, oldest first."""
    waiting = TaskState.objects.none()
    for task in FourEyesTask.objects.filter(active=True):
        waiting = waiting | task.get_task_states_user_can_moderate(person)
    return list(waiting.select_related("revision", "workflow_state").order_by("started_at"))
