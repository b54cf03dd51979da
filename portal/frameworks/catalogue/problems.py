"""What is wrong with a catalogue, in words somebody can act on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong. ``line`` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """Return ``file, line 12: reason``."""
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.reason}"


class CatalogueRefused(Exception):
    """The catalogue was not loaded, and nothing changed. ``problems`` says why, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refuse_if_any(problems: Iterable[Problem]) -> None:
    """Go on when there is no problem.

    Raises:
        CatalogueRefused: with all of them.
    """
    found = list(problems)
    if found:
        raise CatalogueRefused(found)
