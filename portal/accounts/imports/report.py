"""What an import would do, row by row, before it does anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from portal.spreadsheets.sheet import Problem, Row, Table


class Outcome(Enum):
    """What becomes of a row: the kind, word and icon it is drawn with."""

    WRONG = "stop", "To put right", "warning"
    ADDED = "done", "Will be added", "plus"
    HERE = "todo", "Already here", "tick"

    @property
    def kind(self) -> str:
        """Which of the five kinds of state it is drawn as."""
        return self.value[0]

    @property
    def label(self) -> str:
        """The word."""
        return self.value[1]

    @property
    def icon(self) -> str:
        """The picture beside the word."""
        return self.value[2]


@dataclass(frozen=True)
class Line:
    """One row: its number in the file, what it is about, what becomes of it and why.

    ``about`` is what would be added, beside the title.
    ``said`` are full sentences. Those of a row that will be added are worth a look and stop
    nothing.
    """

    row: int
    title: str
    outcome: Outcome
    said: list[str] = field(default_factory=list)
    about: str = ""


Found = TypeVar("Found")


@dataclass(frozen=True)
class Report(Generic[Found]):
    """Every row in the order of the file, and what would be added if all goes well."""

    lines: list[Line]
    found: list[Found]

    @cached_property
    def worst_first(self) -> list[Line]:
        """The rows with those on top that must be put right, then those worth a look."""
        order = list(Outcome)
        return sorted(self.lines, key=lambda line: (order.index(line.outcome), not line.said))

    @property
    def wrong(self) -> int:
        """How many rows must be put right before anything is imported."""
        return self._count(Outcome.WRONG)

    @property
    def added(self) -> int:
        """How many rows would be added."""
        return self._count(Outcome.ADDED)

    @property
    def here(self) -> int:
        """How many rows are left alone, because they are here already."""
        return self._count(Outcome.HERE)

    @property
    def can_go_ahead(self) -> bool:
        """Whether there is something to import, and nothing wrong with any row."""
        return self.added > 0 and self.wrong == 0

    def _count(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)


class Troubles:
    """What could not be read properly, by row."""

    def __init__(self, table: Table) -> None:
        self._read = {row.number for row in table.rows}
        self._found: dict[int, list[Problem]] = {}
        for problem in table.problems:
            self._found.setdefault(problem.row, []).append(problem)

    def with_those_of(self, row: int, wrong: Mapping[str, str]) -> list[str]:
        """Return the sentences about a row, with ``wrong``: what else is wrong, by column.

        A cell that could not be read is empty: that it is, is not said beside why it is.
        """
        found = self._found.get(row, ())
        unread = {problem.column for problem in found}
        said = [sentence for column, sentence in wrong.items() if column not in unread]
        return [problem.sentence for problem in found] + said

    def lines_without_rows(self) -> list[Line]:
        """Return a line for each trouble that belongs to no row that was read."""
        return [
            Line(row, "", Outcome.WRONG, [problem.sentence for problem in found])
            for row, found in self._found.items()
            if row not in self._read
        ]


class RowFields:
    """The fields of a form, used to check one row after the other."""

    def __init__(self, form: forms.Form, names: Iterable[str]) -> None:
        self.fields = {name: form.fields[name] for name in names}

    def check(self, row: Row) -> tuple[dict[str, str], dict[str, str]]:
        """Return the tidied texts of a row, and what is wrong, each by the name of the column."""
        values, wrong = {}, {}
        for name, column in self.fields.items():
            try:
                values[name] = column.clean(row.cells[name])
            except ValidationError as error:
                values[name] = row.cells[name]
                wrong[name] = f"{error.messages[0].rstrip('.')}."
        return values, wrong
