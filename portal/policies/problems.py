"""Which policies somebody should look at, and why: reviews that are due, and what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Revision, TaskState, Workflow

from portal.chrome.words import day
from portal.people.models import Membership
from portal.people.queries import active_on
from portal.policies.audience import ANY_ROLE
from portal.policies.models import FourEyesTask, PolicyAudience, PolicyIndexPage, PolicyPage

SOON = timedelta(days=60)


class Matter(StrEnum):
    """Why a policy is on the list."""

    OVERDUE = "overdue"
    DUE = "due"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Remark:
    """One reason to look at a policy, in a sentence."""

    matter: Matter
    sentence: str


@dataclass
class Noted:
    """A policy with the reasons to look at it."""

    page: PolicyPage
    remarks: list[Remark] = field(default_factory=list)

    def about(self, matter: Matter) -> bool:
        """Whether one of the reasons is of this kind."""
        return any(remark.matter == matter for remark in self.remarks)


def policies_to_look_at(today: date | None = None) -> list[Noted]:
    """Return the policies somebody should look at, those with the earliest review first."""
    today = today or timezone.localdate()
    return [noted for noted in _with_remarks(_looked_through(today), today) if noted.remarks]


def remarks_on(page: PolicyPage, today: date | None = None) -> list[Remark]:
    """Return the reasons to look at one policy."""
    today = today or timezone.localdate()
    found = _with_remarks(_looked_through(today).filter(pk=page.pk), today)
    return [remark for noted in found for remark in noted.remarks]


def approval_is_missing() -> bool:
    """Whether nothing can be published, because no approval by somebody else is set up."""
    page = PolicyIndexPage.objects.first()
    workflow: Workflow | None = page.get_workflow() if page else None
    if workflow is None or not workflow.active:
        return True
    steps = FourEyesTask.objects.filter(active=True, workflow_tasks__workflow=workflow)
    return not steps.exists()


def _looked_through(today: date) -> QuerySet[PolicyPage]:
    """Return policies in force or planned, saying whether they reach anybody, and their owner."""
    held = Membership.objects.filter(active_on(today), person__is_active=True)
    planned = Revision.objects.filter(
        approved_go_live_at__isnull=False, pk=OuterRef("latest_revision")
    )
    approved = TaskState.objects.filter(revision=OuterRef("pk"), status=TaskState.STATUS_APPROVED)
    pages: QuerySet[PolicyPage] = (
        PolicyPage.objects.filter(Q(live=True) | Q(Exists(planned)))
        .select_related("policy_owner", "in_force__version")
        .defer("body")
        .annotate(
            reaches=Exists(_rows_that_reach(held)),
            owner_works_here=Exists(held.filter(person=OuterRef("policy_owner"))),
            lost_approval=Exists(planned.exclude(Exists(approved))),
        )
        .order_by("review_date", "title")
    )
    return pages


def _rows_that_reach(held: QuerySet[Membership]) -> QuerySet[PolicyAudience]:
    """Return the audience rows of a page (the outer one) that speak to one of these memberships."""
    there = Q(site=None) | Q(site=OuterRef("site"))
    of_that_role = held.filter(role=OuterRef("role"))
    speaks = (
        Q(role=ANY_ROLE, site=None) & Q(Exists(held))
        | Q(role=ANY_ROLE) & Q(Exists(held.filter(there)))
        | Q(site=None) & Q(Exists(of_that_role))
        | Q(Exists(of_that_role.filter(there)))
    )
    return PolicyAudience.objects.filter(speaks, page=OuterRef("pk"))


def _with_remarks(pages: Iterable[PolicyPage], today: date) -> list[Noted]:
    return [Noted(page, [*_on_review(page, today), *_on_problems(page)]) for page in pages]


def _on_review(page: PolicyPage, today: date) -> list[Remark]:
    if not page.live or page.review_date > today + SOON:
        return []
    when = day(page.review_date)
    if page.review_date < today:
        return [Remark(Matter.OVERDUE, f"We wanted to look at it again by {when}.")]
    return [Remark(Matter.DUE, f"Look at it again by {when}.")]


def _on_problems(page: PolicyPage) -> list[Remark]:
    sentences = {
        "The owner does not work here any more. Choose another owner.": not (
            page.policy_owner.is_active and page.owner_works_here
        ),
        "Nobody who works here today is in its audience. Change whom it is for.": (
            page.live and not page.reaches
        ),
        "It has questions, but does not ask anybody to confirm, so nobody is asked them.": (
            bool(page.quiz) and not page.asks_to_confirm
        ),
        "It was to be published on a later day, but its approval is gone. Submit it again.": (
            page.lost_approval
        ),
    }
    return [Remark(Matter.PROBLEM, sentence) for sentence, holds in sentences.items() if holds]
