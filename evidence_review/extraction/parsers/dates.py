"""Dates in a workbook: they are kept as numbers of days, and only their style says so."""

import re
from datetime import UTC, datetime, timedelta

from evidence_review.extraction.parsers.xml import Attributes, walk

_BUILT_IN = frozenset({14, 15, 16, 17, 22, 27, 30, 36, 50, 57})
"""Numbers of Excel's own formats that show a date."""
_DATE_LETTERS = re.compile(r"[dy]", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")
_DAY_0 = datetime(1899, 12, 30, tzinfo=UTC)
_LAST_DAY = 2_958_465
_SECONDS_A_DAY = 86_400


def date_styles(part: bytes) -> set[int]:
    """Return the numbers of the cell styles that show a date."""
    own: set[int] = set()
    styles: set[int] = set()
    counted = 0
    inside = False

    def start(name: str, given: Attributes) -> None:
        nonlocal counted, inside
        form = _number(given.get("numFmtId", ""))
        if name == "numFmt" and _DATE_LETTERS.search(
            _NOT_LETTERS.sub("", given.get("formatCode", ""))
        ):
            own.add(form)
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            if form in _BUILT_IN or form in own:
                styles.add(counted)
            counted += 1

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    if part:
        walk(part, start=start, end=end)
    return styles


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else -1


def shown_number(value: str, *, is_date: bool) -> str:
    """Return a number as people read it: "22 November 2026" or "12.5"; as it is when in doubt."""
    try:
        number = float(value)
    except ValueError:
        return value
    if is_date and 1 <= number <= _LAST_DAY:
        at = _DAY_0 + timedelta(seconds=round(number * _SECONDS_A_DAY))
        return f"{at.day} {at:%B %Y}" + (f", {at:%H:%M}" if number % 1 else "")
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.12g}"
