"""What a parser gives back, and how it stops."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from evidence_review.evidence.gate.limits import Limits
from evidence_review.evidence.gate.reasons import Code

Facts = dict[str, int | str]


class Refused(Exception):
    """Raised where looking further makes no sense: the file is refused for ``code``."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Findings:
    """The reasons to refuse a file, each once and in the order found, and facts for the screens."""

    codes: list[Code] = field(default_factory=list)
    facts: Facts = field(default_factory=dict)

    def refuse(self, code: Code) -> None:
        """Note a reason; the same one twice counts once."""
        if code not in self.codes:
            self.codes.append(code)

    def count(self, fact: str, number: int = 1) -> None:
        """Add to a number that is shown to the reviewer."""
        self.facts[fact] = int(self.facts.get(fact, 0)) + number


@dataclass(frozen=True, slots=True)
class Work:
    """One file to look at, inside the limited child: open files, never paths."""

    source: BinaryIO
    extension: str
    limits: Limits
    output: BinaryIO | None = None
    options: Mapping[str, bool] = field(default_factory=dict)


Parser = Callable[[Work], Findings]
