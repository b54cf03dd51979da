"""The text of Excel workbooks: a row is a line, tabs part its cells, a sheet has its name."""

import re

from evidence_review.evidence.gate.parsers.findings import Findings, Work
from evidence_review.extraction.parsers.dates import date_styles, shown_number
from evidence_review.extraction.parsers.writing import TextSink
from evidence_review.extraction.parsers.xml import Attributes, Package, opened, walk

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_COLUMN = re.compile(r"[A-Z]{1,3}")
_MOST_GAPS = 50
"""So many empty cells are kept between two full ones."""


class _Rows:
    """Turns the elements of a sheet into lines."""

    def __init__(self, sink: TextSink, strings: list[str], date_styles: set[int]) -> None:
        self._sink, self._strings, self._date_styles = sink, strings, date_styles
        self._cell: Attributes = {}
        self._value: list[str] = []
        self._takes = False
        self._column = 0

    def start(self, name: str, given: Attributes) -> None:
        if name == "row":
            self._column = 0
        elif name == "c":
            self._cell, self._value = given, []
        self._takes = name in ("v", "t")

    def text(self, text: str) -> None:
        if self._takes:
            self._value.append(text)

    def end(self, name: str) -> None:
        self._takes = False
        if name == "row" and self._column:
            self._sink.write("\n")
        elif name == "c":
            self._write_cell()

    def _write_cell(self) -> None:
        shown = self._shown("".join(self._value))
        if not shown:
            return
        column = _number_of(self._cell.get("r", "")) or self._column + 1
        gap = min(_MOST_GAPS, max(0, column - max(1, self._column)))
        self._sink.write("\t" * gap + shown)
        self._column = column

    def _shown(self, value: str) -> str:
        match self._cell.get("t", "n"):
            case "s":
                known = value.isdigit() and len(value) < 9 and int(value) < len(self._strings)
                return self._strings[int(value)] if known else ""
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(value, "")
            case "n":
                style = self._cell.get("s", "0")
                is_date = style.isdigit() and len(style) < 9 and int(style) in self._date_styles
                return shown_number(value, is_date=is_date)
        return " ".join(value.split())


def _number_of(reference: str) -> int:
    """The number of the column in a reference such as "AB12"; 0 when there is none."""
    letters = _COLUMN.match(reference)
    number = 0
    for letter in letters[0] if letters else "":
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def text_of_sheets(work: Work) -> Findings:
    """Write the sheets in the order of the workbook."""
    with TextSink(work) as sink, opened(work, _MAIN) as (package, main):
        targets = package.targets(main)
        strings = _strings(_first(package, targets, "sharedStrings"))
        dates = date_styles(_first(package, targets, "styles"))
        for name, part in _sheets(package, main, targets):
            sink.write(f"{name}\n")
            rows = _Rows(sink, strings, dates)
            content = package.read(part)
            if content:
                walk(content, start=rows.start, end=rows.end, text=rows.text)
            sink.end_page()
    return sink.findings()


def _first(package: Package, targets: dict[str, str], word: str) -> bytes:
    return next((package.read(part) for part in targets.values() if word in part), b"")


def _sheets(package: Package, main: str, targets: dict[str, str]) -> list[tuple[str, str]]:
    sheets: list[tuple[str, str]] = []

    def start(name: str, given: Attributes) -> None:
        if name == "sheet" and given.get("r:id", "") in targets:
            sheets.append((given.get("name", ""), targets[given["r:id"]]))

    walk(package.read(main), start=start)
    return sheets


def _strings(part: bytes) -> list[str]:
    """The shared strings in order; what is only there to be pronounced is left out."""
    strings: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _given: Attributes) -> None:
        if name == "si":
            pieces.clear()
        inside.append(name)

    def text(text: str) -> None:
        if inside[-1:] == ["t"] and "rPh" not in inside:
            pieces.append(text)

    def end(name: str) -> None:
        inside.pop()
        if name == "si":
            strings.append(" ".join("".join(pieces).split()))

    if part:
        walk(part, start=start, end=end, text=text)
    return strings
