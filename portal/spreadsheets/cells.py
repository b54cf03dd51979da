"""One cell as it stands in a file, and what makes a cell unusable."""

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import NamedTuple

from portal.spreadsheets.days import as_day

LONGEST_CELL = 2000
"""In characters. Longer text is no name, code or note."""
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
_NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


class Kind(Enum):
    """What a cell holds, as far as the file says."""

    TEXT = "text"
    DAY = "day"
    FORMULA = "formula"
    FAULT = "fault"


class Cell(NamedTuple):
    """The text of a cell, and its kind."""

    text: str
    kind: Kind = Kind.TEXT


EMPTY = Cell("")


def cell_of(value: object, data_type: str) -> Cell:
    """Return a cell of an XLSX file as text. ``data_type`` is the letter that openpyxl gives it."""
    if value is None:
        return EMPTY
    if data_type == "f":
        return Cell("", Kind.FORMULA)
    if data_type == "e":
        return Cell(str(value)[:LONGEST_CELL], Kind.FAULT)
    if isinstance(value, datetime) and value.time() == time.min:
        return Cell(value.date().isoformat(), Kind.DAY)
    if isinstance(value, date | time | timedelta):
        return Cell(str(value), Kind.DAY)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Cell(str(value)[: LONGEST_CELL + 1])


def tidy(cell: Cell, *, is_day: bool) -> tuple[str, str]:
    """Return the text of a cell, and what is wrong with it: an empty string when nothing is.

    The second is the rest of a sentence that starts with the name of the column.
    """
    text = " ".join(_INVISIBLE.sub("", cell.text).split())
    trouble = _trouble(cell, text)
    if trouble:
        return "", trouble
    if is_day:
        return _tidy_day(text)
    if cell.kind is Kind.DAY:
        return "", f"holds a date or a time ({text}). Make the cell plain text, and type it again."
    return text, ""


def _trouble(cell: Cell, text: str) -> str:
    if cell.kind is Kind.FORMULA or text.startswith("="):
        return "holds a formula. Put in what it comes to: copy, then paste values only."
    if cell.kind is Kind.FAULT:
        return f"holds the fault {text}. Put the right value in."
    if len(cell.text) > LONGEST_CELL:
        return f"has more than {LONGEST_CELL:,} characters. Shorten it."
    if _NOT_TEXT.search(cell.text):
        return "has characters that we cannot read. Type it again, or save the file as XLSX."
    return ""


def _tidy_day(text: str) -> tuple[str, str]:
    if not text:
        return "", ""
    day = as_day(text)
    if day is None:
        return "", f"is no date we can read: {text[:40]}. Write it like 31/12/2026."
    return day.isoformat(), ""
