"""What a probe found, and how several findings add up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How one part stands, or all of them together."""

    OK = "ok"
    DEGRADED = "degraded"
    """People can work, but somebody should look."""
    FAILING = "failing"
    """The portal cannot keep what it is given."""


STATES = [(state.value, state.value) for state in State]
"""The states as choices."""


@dataclass(frozen=True)
class Finding:
    """One part: how it stands, what was seen, and what to do when it is not well.

    ``is_urgent`` marks what people can work with, but not for long: red on the health page, though
    nothing that watches the portal should take it down.
    """

    part: str
    state: State
    seen: str
    advice: str = ""
    is_urgent: bool = False


Probe = Callable[[], Finding]


def worst(findings: Iterable[Finding]) -> State:
    """Return the worst state among the findings."""
    order = list(State)
    return max((finding.state for finding in findings), key=order.index, default=State.OK)
