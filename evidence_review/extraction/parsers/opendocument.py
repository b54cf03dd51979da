"""The text of OpenDocument texts and spreadsheets, as a reader sees it."""

import mmap

from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.reasons import Code
from evidence_review.extraction.parsers.writing import TextSink
from evidence_review.extraction.parsers.xml import Attributes, Package, walk

_LINES = frozenset({"p", "h"})
_HIDDEN = frozenset({"tracked-changes", "annotation", "sequence-decls", "forms", "scripts"})
_MOST_REPEATED = 50
"""So many cells in a row that hold the same are written out."""


class _Content:
    """Turns the elements of ``content.xml`` into lines; a table's row is one line."""

    def __init__(self, sink: TextSink, *, is_sheet: bool) -> None:
        self._sink, self._is_sheet = sink, is_sheet
        self._hidden = self._lines = self._cells = 0
        self._repeat = 1
        self._cell: list[str] = []
        self._empty = 0
        self._row_is_empty = True

    def start(self, name: str, given: Attributes) -> None:
        if name in _HIDDEN:
            self._hidden += 1
        elif name == "table" and self._is_sheet:
            self._sink.write(given.get("name", "") + "\n")
        elif name == "table-cell":
            self._begin_cell(given)
        elif name in _LINES:
            self._lines += 1
        elif name == "s":
            self.text(" " * _repeats(given.get("c", "1")))
        elif name == "tab":
            self.text("\t")
        elif name == "line-break":
            self.text("\n")

    def text(self, text: str) -> None:
        if not self._lines or self._hidden:
            return
        if self._cells:
            self._cell.append(text)
        else:
            self._sink.write(text)

    def end(self, name: str) -> None:
        if name in _HIDDEN:
            self._hidden -= 1
        elif name in _LINES:
            self.text(" " if self._cells else "\n")
            self._lines -= 1
        elif name == "table-cell":
            self._end_cell()
        elif name == "covered-table-cell":
            self._empty += 1
        elif name == "table-row":
            self._end_row()
        elif name == "table" and self._is_sheet:
            self._sink.end_page()

    def _begin_cell(self, given: Attributes) -> None:
        self._cells += 1
        if self._cells == 1:
            self._cell = []
            self._repeat = _repeats(given.get("number-columns-repeated", "1"))

    def _end_cell(self) -> None:
        self._cells -= 1
        if self._cells:
            return
        shown = " ".join("".join(self._cell).split())
        if not shown:
            self._empty += self._repeat
            return
        gap = min(self._empty, _MOST_REPEATED) + (not self._row_is_empty)
        self._sink.write("\t" * gap + "\t".join([shown] * self._repeat))
        self._empty, self._row_is_empty = 0, False

    def _end_row(self) -> None:
        if self._cells:
            return
        if not self._row_is_empty:
            self._sink.write("\n")
        self._empty, self._row_is_empty = 0, True


def _repeats(number: str) -> int:
    known = number.isascii() and number.isdigit() and len(number) < 9
    return min(max(1, int(number)), _MOST_REPEATED) if known else 1


def text_of_odf(work: Work) -> Findings:
    """Write the text of the document, or of each sheet under its name."""
    with (
        TextSink(work) as sink,
        mmap.mmap(work.source.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        content = Package(data, work.limits).read("content.xml")
        if not content:
            raise Refused(Code.DAMAGED)
        lines = _Content(sink, is_sheet=work.extension == "ods")
        walk(content, start=lines.start, end=lines.end, text=lines.text)
    return sink.findings()
