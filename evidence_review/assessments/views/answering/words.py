"""The parts of an answer in words, for pages that compare answers."""

from datetime import date
from typing import Any

from portal.chrome.words import day

LABELS = {
    "tick": "Answer",
    "text": "In words",
    "kept_where": "Where it is kept",
    "link": "Link",
    "document_date": "Date of the document",
    "not_applicable": "Does not apply",
    "reason_not_applicable": "Why it does not apply",
    "comment": "Comment for next year",
}
"""By the names of ``answer.FIELDS``."""


def in_words(value: Any, *, nothing: str) -> str:
    """Return one value of an answer as a person reads it."""
    if value is None or value == "":
        return nothing
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return day(value) if isinstance(value, date) else str(value)
