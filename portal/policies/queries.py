"""Named selections of policies."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import TaskState

from portal.people.models import User
from portal.policies.models import FourEyesTask, PolicyPage, PolicyVersion
from portal.policies.topics import Topic


def current_policies() -> QuerySet[PolicyPage]:
    """Return the live policies, each with its owner and the number and time of its version."""
    newest = PolicyVersion.objects.filter(page=OuterRef("pk")).order_by("-number")
    live: QuerySet[PolicyPage] = PolicyPage.objects.live().select_related("policy_owner")
    numbered: QuerySet[PolicyPage] = live.annotate(
        version_number=Subquery(newest.values("number")[:1]),
        version_at=Subquery(newest.values("published_at")[:1]),
    )
    return numbered


def policies_by_topic() -> list[tuple[str, list[PolicyPage]]]:
    """Return (topic's name, its live policies by title) for every topic that has any."""
    order = {topic.value: place for place, topic in enumerate(Topic)}
    pages = sorted(
        current_policies().defer("body"),
        key=lambda page: (order[page.topic], page.title.casefold()),
    )
    return [
        (Topic(topic).label, list(group))
        for topic, group in groupby(pages, key=lambda page: page.topic)
    ]


def newest_policies(limit: int = 3) -> Sequence[PolicyPage]:
    """Return the policies whose version is newest, newest first."""
    return list(current_policies().defer("body").order_by("-version_at", "title")[:limit])


def versions_of(page: PolicyPage) -> QuerySet[PolicyVersion]:
    """Return every published version of a policy, newest first, each with its approver."""
    versions: QuerySet[PolicyVersion] = page.versions.order_by("-number")
    return versions.select_related("approved_by")


def policies_due_for_review(day: date | None = None) -> QuerySet[PolicyPage]:
    """Return the live policies to be looked at again by ``day`` (today), most overdue first."""
    day = day or timezone.localdate()
    return current_policies().filter(review_date__lte=day).order_by("review_date", "title")


def policies_waiting_for(person: User) -> list[TaskState]:
    """Return the policies that wait for a decision which this person may take, oldest first."""
    waiting = TaskState.objects.none()
    for task in FourEyesTask.objects.filter(active=True):
        waiting = waiting | task.get_task_states_user_can_moderate(person)
    return list(waiting.select_related("revision", "workflow_state").order_by("started_at"))
