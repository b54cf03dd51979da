"""Read a spreadsheet that somebody brought: XLSX or CSV, from any program, in any condition.

Nothing is repaired by guessing. What cannot be read for certain is named with its row and column,
so that it can be put right in the file itself.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import IO

from portal.spreadsheets.cells import Cell, Kind, tidy
from portal.spreadsheets.csv_text import BrokenRow, rows_of_csv
from portal.spreadsheets.sheet import Column, Problem, Row, Sheet, Table, Unreadable
from portal.spreadsheets.xlsx import (
    DAMAGED,
    OLD_OFFICE_STARTS,
    ZIP_STARTS,
    beside_the_rows,
    refuse_old_office,
    rows_of_xlsx,
)

MOST_BYTES = 5 * 1024 * 1024
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOCTYPE", b"<html")
_LINES_LOOKED_AT_FOR_HEADINGS = 20
_NO_HEADING = (
    "Something stands in a column without a heading. Take it out; in a CSV file, put text that "
    "holds a comma into quotation marks."
)
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def read_sheet(file: IO[bytes], sheet: Sheet) -> Table:
    """Return the rows of the file, and what is wrong in them.

    Raises:
        Unreadable: the file as a whole cannot be used: it is no spreadsheet, is protected, is too
            long, or its columns are not those of the ``sheet``.
    """
    is_xlsx = _is_xlsx(file)
    file.seek(0)
    headings = {column.heading.casefold() for column in sheet.columns}
    source = rows_of_xlsx(file) if is_xlsx else rows_of_csv(file, headings)
    with closing(source):
        table = _Reader(sheet, source).table()
    if is_xlsx:
        file.seek(0)
        beside = beside_the_rows(file)
        table.problems.extend(map(_about_merged, beside.merged))
        table.problems.extend(Problem(row, _NO_HEADING) for row in beside.far_right)
    return table


def _is_xlsx(file: IO[bytes]) -> bool:
    """Tell by what the file holds, whatever it is called."""
    start = file.read(MOST_BYTES + 1)
    if not start.strip(b"\0\r\n\t "):
        raise Unreadable("The selected file is empty.")
    if len(start) > MOST_BYTES:
        raise Unreadable("The selected file must be smaller than 5 MB. Split the list.")
    if start.startswith(OLD_OFFICE_STARTS):
        refuse_old_office(start)
    if start.startswith(_OTHER_FILES):
        raise Unreadable("The selected file must be a spreadsheet: XLSX or CSV.")
    return start.startswith(ZIP_STARTS)


def _about_merged(where: str) -> Problem:
    found = _RANGE.fullmatch(where)
    if not found:
        raise Unreadable(DAMAGED)
    first, last = found[1] + found[2], found[3] + found[4]
    return Problem(
        int(found[2]),
        f"The cells {first} to {last} are merged into one. Unmerge them, and fill in each row.",
    )


class _Reader:
    """Goes through the rows once and stops at the limit."""

    def __init__(self, sheet: Sheet, source: Generator[list[Cell]]) -> None:
        self.sheet = sheet
        self.numbered = enumerate(source, start=1)
        self.problems: list[Problem] = []

    def table(self) -> Table:
        """Return what was read."""
        rows: list[Row] = []
        try:
            columns = self._columns(self._headings())
            for row in self._rows(columns):
                if len(rows) == self.sheet.row_limit:
                    raise Unreadable(
                        f"The file has more than {self.sheet.row_limit:,} rows. Split it into "
                        "several files, and upload them one after the other."
                    )
                rows.append(row)
        except BrokenRow as broken:
            self._note(
                broken.row,
                "From here on the file cannot be read: a quotation mark opens and does not close. "
                "Put it right, or save the list as XLSX.",
            )
        if not rows and not self.problems:
            raise Unreadable("The file has headings, and no rows below them.")
        return Table(rows, self.problems)

    def _headings(self) -> list[str]:
        for number, cells in self.numbered:
            texts = [tidy(cell, is_day=False)[0] for cell in cells]
            if any(texts):
                return texts
            if number == _LINES_LOOKED_AT_FOR_HEADINGS:
                break
        raise Unreadable(
            f"The file has no headings. The first row must say: {self.sheet.headings}."
        )

    def _columns(self, headings: Sequence[str]) -> list[Column | None]:
        """Return the column under each heading; ``None`` where there is no heading.

        Raises:
            Unreadable: a heading is unknown, there twice, or missing.
        """
        known = {column.heading.casefold(): column for column in self.sheet.columns}
        found = [known.get(heading.casefold()) for heading in headings]
        unknown = [
            heading[:60]
            for heading, column in zip(headings, found, strict=True)
            if heading and not column
        ]
        there = [column for column in found if column]
        twice = sorted({column.heading for column in there if there.count(column) > 1})
        missing = [
            column.heading
            for column in self.sheet.columns
            if column.is_needed and column not in there
        ]
        if unknown or twice or missing:
            raise Unreadable(_about_columns(unknown, twice, missing, self.sheet))
        return found

    def _rows(self, columns: list[Column | None]) -> Iterator[Row]:
        for number, cells in self.numbered:
            if not any(cell.text.strip() or cell.kind is Kind.FORMULA for cell in cells):
                continue
            texts = {}
            for column, cell in zip(columns, cells, strict=False):
                if column is None:
                    self._check_nothing_stands_in(number, [cell])
                    continue
                texts[column.name], trouble = tidy(cell, is_day=column.is_day)
                if trouble:
                    self._note(number, f"{column.heading} {trouble}", column.name)
            self._check_nothing_stands_in(number, cells[len(columns) :])
            yield Row(
                number, {column.name: texts.get(column.name, "") for column in self.sheet.columns}
            )

    def _check_nothing_stands_in(self, number: int, cells: Sequence[Cell]) -> None:
        if any(cell.text.strip() for cell in cells):
            self._note(number, _NO_HEADING)

    def _note(self, number: int, sentence: str, column: str = "") -> None:
        self.problems.append(Problem(number, sentence, column))


def _about_columns(unknown: list[str], twice: list[str], missing: list[str], sheet: Sheet) -> str:
    said = []
    if missing:
        said.append(f"The file does not have the column {_listed(missing)}.")
    if unknown:
        said.append(f"We do not know the column {_listed(unknown[:5])}.")
    if twice:
        said.append(f"The column {_listed(twice)} is there twice.")
    said.append(f"The columns are: {sheet.headings}. The template has them all.")
    return " ".join(said)


def _listed(names: list[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)
