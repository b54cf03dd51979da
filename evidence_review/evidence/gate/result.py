"""What the gate decides about a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evidence_review.evidence.gate.reasons import Reason

GATE_VERSION = "1"
"""Raised whenever the gate's answer to any file may change; stored with reports and verdicts."""

Outcome = Literal["accepted", "refused", "unscannable"]


@dataclass(frozen=True, slots=True)
class GateResult:
    """The gate's answer.

    ``facts`` are small numbers and words for the reviewer's screen, such as ``pages``, ``parts`` or
    ``linked_pictures``; for an unscannable file ``problem`` says why.
    """

    outcome: Outcome
    reasons: list[Reason] = field(default_factory=list)
    facts: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether the file may go on to the virus scanner."""
        return self.outcome == "accepted"
