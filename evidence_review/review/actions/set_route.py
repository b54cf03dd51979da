"""Set who must look at which type of evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from evidence_review.evidence.models import EvidenceType
from evidence_review.review.models import ReviewRoute, ReviewStep
from evidence_review.review.permissions import user_can_configure_routes
from evidence_review.review.steps import DECIDING_ROLES
from portal.people.answers import require
from portal.people.models import User
from portal.people.roles import Role
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused

MOST_STEPS = 5
LARGEST_QUORUM = 9
_LONGEST_NAME = 100


class RouteNotAccepted(Refused):
    """The steps make no route."""


@dataclass(frozen=True)
class WantedStep:
    """One step as somebody wants it: how many people of which role."""

    name: str
    role: Role
    quorum: int = 1


def set_route(
    evidence_type: EvidenceType | None, steps: Sequence[WantedStep], *, actor: User
) -> ReviewRoute | None:
    """Give one type of evidence (``None``: every type without a route) these steps, in this order.

    No steps takes the route away: versions then go by the route of the rest. Versions in review go
    by the new steps at once; approvals they have count where position and role are still the same.
    Returns the route, or ``None`` when there is none any more.

    Raises:
        NotPermitted: the actor may not set routes.
        RouteNotAccepted: a step has no name, a role that does not decide, or no sensible quorum.
    """
    _check(steps)
    with transaction.atomic():
        require(user_can_configure_routes(actor))
        locked = ReviewRoute.objects.select_for_update(of=("self",))
        route, _ = locked.get_or_create(evidence_type=evidence_type)
        before = _spelled(WantedStep(s.name, Role(s.role), s.quorum) for s in route.steps.all())
        after = _spelled(steps)
        if before != after:
            _replace_steps(route, steps)
            _record(route, before, steps, actor)
        if not steps:
            route.delete()
            return None
        return route


def _check(steps: Sequence[WantedStep]) -> None:
    if len(steps) > MOST_STEPS:
        raise RouteNotAccepted(f"A route has {MOST_STEPS} steps at most.")
    for step in steps:
        if not step.name.strip() or len(step.name) > _LONGEST_NAME or "\0" in step.name:
            raise RouteNotAccepted(f"Give each step a name of up to {_LONGEST_NAME} characters.")
        if step.role not in DECIDING_ROLES:
            raise RouteNotAccepted("A step is for IG leads or for editors.")
        if not 1 <= step.quorum <= LARGEST_QUORUM:
            raise RouteNotAccepted(f"A step needs between 1 and {LARGEST_QUORUM} people.")


def _spelled(steps: Iterable[WantedStep]) -> list[str]:
    return [f"{step.name.strip()} ({step.quorum} x {step.role.label})" for step in steps]


def _sealed(steps: Sequence[WantedStep]) -> str:
    return ",".join(f"{step.role.value}*{step.quorum}" for step in steps)


def _replace_steps(route: ReviewRoute, steps: Sequence[WantedStep]) -> None:
    route.steps.all().delete()
    for position, step in enumerate(steps, start=1):
        ReviewStep.objects.create(
            route=route,
            position=position,
            name=step.name.strip(),
            role=step.role,
            quorum=step.quorum,
        )


def _record(
    route: ReviewRoute, before: list[str], steps: Sequence[WantedStep], actor: User
) -> None:
    record(
        Verb.ROUTE_CHANGED,
        route.record_ref,
        actor=actor,
        facts={"steps": _sealed(steps)},
        detail={
            "route": str(route),
            "changes": {"steps": [", ".join(before), ", ".join(_spelled(steps))]},
        },
    )
