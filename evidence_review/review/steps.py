"""The steps a version goes through, and which of them is open.

A version stands at the first step that has not enough approvals. The last step stays open until a
decision is final, so that a route made shorter while a version is in review leaves nothing stuck.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence_review.review.models import Decision, ReviewStep
from portal.people.roles import Role

DECIDING_ROLES = frozenset({Role.IG_LEAD, Role.EDITOR})
"""May be asked to decide at a step: they can enter the admin, where decisions are taken."""

Approvals = Mapping[tuple[int, str], int]
"""How many approvals a version has, by step position and role."""


@dataclass(frozen=True)
class Step:
    """How many people of which role must approve before the version goes on."""

    position: int
    name: str
    role: Role
    quorum: int


DEFAULT_STEPS = (Step(1, "Review", Role.IG_LEAD, 1),)
"""Where nobody has set a route: one IG lead."""


@dataclass(frozen=True)
class Standing:
    """Where one version stands on its route. ``approvals`` counts those of the open step."""

    steps: tuple[Step, ...]
    step: Step
    approvals: int

    @property
    def next_approval_is_final(self) -> bool:
        """Whether one more approval makes the version approved."""
        return self.step == self.steps[-1] and self.approvals + 1 >= self.step.quorum

    @property
    def next_approval_ends_step(self) -> bool:
        """Whether one more approval is enough for the open step."""
        return self.approvals + 1 >= self.step.quorum


@dataclass(frozen=True)
class Routes:
    """Every route there is: steps by primary key of the evidence type; ``None`` for the rest."""

    by_type: Mapping[int | None, tuple[Step, ...]]

    @property
    def of_the_rest(self) -> tuple[Step, ...]:
        """Return the steps of the types without a route of their own."""
        return self.by_type.get(None) or DEFAULT_STEPS

    @property
    def own(self) -> dict[int, tuple[Step, ...]]:
        """Return the steps of the types that have a route of their own."""
        return {pk: steps for pk, steps in self.by_type.items() if pk is not None}

    def steps_for(self, type_id: int) -> tuple[Step, ...]:
        """Return the steps that versions of this type go through."""
        return self.by_type.get(type_id) or self.of_the_rest

    def all_steps(self) -> list[Step]:
        """Return every step of every route that is in use."""
        routes = [self.of_the_rest, *self.own.values()]
        return [step for steps in routes for step in steps]


def all_routes() -> Routes:
    """Read every route, in one query."""
    rows = ReviewStep.objects.order_by("route", "position").values_list(
        "route__evidence_type_id", "position", "name", "role", "quorum"
    )
    found: dict[int | None, tuple[Step, ...]] = {}
    for type_id, position, name, role, quorum in rows:
        step = Step(position, name, Role(role), quorum)
        found[type_id] = (*found.get(type_id, ()), step)
    return Routes(found)


def approvals_among(decisions: Iterable[Decision]) -> Approvals:
    """Count the approvals of one version by step and role."""
    return Counter(
        (decision.step_position, decision.role)
        for decision in decisions
        if decision.outcome == Decision.Outcome.APPROVE
    )


def standing(steps: tuple[Step, ...], approvals: Approvals) -> Standing:
    """Return where a version with these approvals stands on these steps."""
    for step in steps:
        count = approvals.get((step.position, step.role), 0)
        if count < step.quorum or step == steps[-1]:
            return Standing(steps, step, count)
    raise ValueError("a route has at least one step")
