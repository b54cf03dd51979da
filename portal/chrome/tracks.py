"""The steps of a way: what is behind, where it stands, where it stopped, what is to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SAID = {"done": "done", "now": "now", "stop": "stopped here", "later": "not yet"}
"""What a screen reader hears after each step, by its status."""


@dataclass(frozen=True)
class Step:
    """One step as a page shows it."""

    label: str
    status: str

    @property
    def css(self) -> str:
        """The class that draws the step; none for one that is still to come."""
        return "" if self.status == "later" else f"is-{self.status}"

    @property
    def said(self) -> str:
        """The status in words."""
        return SAID[self.status]


def steps_of(steps: Iterable[Any]) -> list[Step]:
    """Return steps from (word, status) pairs, or from objects with .label and .status."""
    pairs = (step if isinstance(step, tuple) else (step.label, step.status) for step in steps)
    return [Step(str(label), str(status)) for label, status in pairs]
