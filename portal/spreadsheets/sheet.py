"""What a spreadsheet that people bring has to look like, and what was found in one."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

from portal.refused import Refused


class Unreadable(Refused):
    """The file as a whole cannot be used: ``reason`` says why, and what to do."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its heading, and what is explained about it in the template.

    ``choices`` are offered in the template; whether a cell holds one of them is not asked here.
    """

    name: str
    heading: str
    explanation: str
    example: str = ""
    is_needed: bool = False
    is_day: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A kind of spreadsheet: what it lists, its columns, and how many rows it may have."""

    name: str
    title: str
    columns: tuple[Column, ...]
    row_limit: int = 5000

    @property
    def headings(self) -> str:
        """Every heading, as a sentence lists them."""
        return ", ".join(column.heading for column in self.columns)


@dataclass(frozen=True)
class Row:
    """One row that is not empty: its number in the file, and the text of each known column.

    Days are written as 2026-12-31. Cells are one line: line breaks and runs of spaces are a space.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row, as a full sentence that says what to do.

    ``column`` is the name of the column whose cell is wrong, and empty for the row as a whole.
    """

    row: int
    sentence: str
    column: str = ""


@dataclass(frozen=True)
class Table:
    """What was read: every row that is not empty, and what could not be read properly."""

    rows: list[Row]
    problems: list[Problem]

    def as_json(self) -> dict[str, Any]:
        """Return the table as plain lists, to be kept for a while."""
        return {
            "rows": [[row.number, dict(row.cells)] for row in self.rows],
            "problems": [astuple(problem) for problem in self.problems],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Table":
        """Return the table that ``as_json`` was made of."""
        return cls(
            [Row(number, cells) for number, cells in kept["rows"]],
            [Problem(*problem) for problem in kept["problems"]],
        )
