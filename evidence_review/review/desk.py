"""At which steps and sites one person decides: in their own right, and for those away."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from evidence_review.evidence.states import VersionState
from evidence_review.review.models import Decision
from evidence_review.review.standing_in import absent_for
from evidence_review.review.steps import DECIDING_ROLES, Routes, Step, all_routes
from portal.people.models import User
from portal.people.queries import roles_anywhere, site_ids_for
from portal.people.roles import Role

_NEVER = Q(pk__in=())
_ALWAYS = Q(state=VersionState.IN_REVIEW)
"""True of all that is asked about. An empty condition would vanish beside an "or"."""


@dataclass(frozen=True)
class Desk:
    """``holders``: the person first, then those in whose place they may decide today."""

    holders: tuple[User, ...]
    routes: Routes

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles that decide at some step of some route."""
        return DECIDING_ROLES & {step.role for step in self.routes.all_steps()}

    @property
    def is_in_use(self) -> bool:
        """Whether anything can ever lie on it."""
        return any(self.roles & roles_anywhere(holder) for holder in self.holders)

    def open_to(self, holder: User) -> Q:
        """Return the condition that a version in review stands at one of the holder's steps."""
        found = _NEVER
        for of_type, steps in self._by_type():
            for index, step in enumerate(steps):
                sites = site_ids_for(holder, {step.role} & DECIDING_ROLES)
                if sites is None:
                    found |= of_type & _stands_at(steps, index)
                elif sites:
                    found |= of_type & Q(evidence__site__in=sites) & _stands_at(steps, index)
        return found

    def approval_counts(self) -> dict[str, Coalesce]:
        """Return the annotations that ``open_to`` asks for; none where all routes have one step."""
        return {
            _count_name(step): Coalesce(_approvals(step), Value(0))
            for _, steps in self._by_type()
            if len(steps) > 1
            for step in steps
        }

    def _by_type(self) -> Iterator[tuple[Q, tuple[Step, ...]]]:
        own = self.routes.own
        for type_id, steps in own.items():
            yield Q(evidence__type=type_id), steps
        yield (~Q(evidence__type__in=list(own)) if own else _ALWAYS), self.routes.of_the_rest


def desk_of(person: User) -> Desk:
    """Return the person's desk. Read once for each person object, that is once a request."""
    desk: Desk | None = person.__dict__.get("_desk")
    if desk is None:
        desk = Desk((person, *absent_for(person)), all_routes())
        person.__dict__["_desk"] = desk
    return desk


def _stands_at(steps: tuple[Step, ...], index: int) -> Q:
    """Say ``steps.standing`` in SQL: all before are full, and this is not, or is the last."""
    condition = Q()
    for earlier in steps[:index]:
        condition &= Q(**{f"{_count_name(earlier)}__gte": earlier.quorum})
    if index < len(steps) - 1:
        condition &= Q(**{f"{_count_name(steps[index])}__lt": steps[index].quorum})
    return condition


def _count_name(step: Step) -> str:
    return f"approvals_{step.position}_{step.role.value}"


def _approvals(step: Step) -> Subquery:
    approvals = Decision.objects.filter(
        version=OuterRef("pk"),
        outcome=Decision.Outcome.APPROVE,
        step_position=step.position,
        role=step.role,
    )
    counted = approvals.order_by().values("version").annotate(count=Count("pk"))
    return Subquery(counted.values("count"))
