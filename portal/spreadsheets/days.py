"""Days as people write them in a spreadsheet."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -](\d{4})", re.ASCII)


def as_day(text: str) -> date | None:
    """Return the day that ``text`` means, or ``None`` when it means none for certain.

    Day before month, as in Britain: 31/12/2026, 31-12-2026, 31.12.2026, 2026-12-31, 31 Dec 2026,
    31 December 2026. A year needs four digits.
    """
    text = text.strip().lower()
    if found := _DAY_FIRST.fullmatch(text):
        return _real(found[4], found[3], found[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return _real(found[1], found[2], found[3])
    if found := _IN_WORDS.fullmatch(text):
        return _real(found[3], str(_month(found[2])), found[1])
    return None


def _month(name: str) -> int:
    """Return the number of a month; 0 when there is none of this name."""
    if name == "sept":
        return 9
    for months in (_MONTHS, _LONG_MONTHS):
        if name in months:
            return months.index(name) + 1
    return 0


def _real(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
