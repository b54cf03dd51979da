"""What a sentence holds: dates, places in a document, people, and words that lead nowhere."""

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b"
    rf"|{_MONTH}\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:20)?\d{{2}}\b"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d{2}\b"
    r"|20\d{2}-\d{2}-\d{2}\b)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:page|pages|pp?\.?|section|clause|paragraph|para|chapter|appendix|annex|schedule|part"
    r"|item|row|tab|sheet|line|slide|version|question)s?\s*(?:\d|[A-Z]\b|[ivx]+\b|on\b|called\b)"
    r"|\bv\d",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)+"
_DUTY = (
    r"(?:owners?|owns|responsible|accountable|in charge|leads?|managers?|officer|guardian"
    r"|director|keeps|checks|signs|reviews|approves)"
)
_OWNER = re.compile(
    rf"(?:\b{_NAME}[^.!?\n]{{0,40}}\b(?i:{_DUTY})\b)"
    rf"|(?:\b(?i:{_DUTY}|owned by|kept by|led by|checked by)\b[^.!?\n]{{0,25}}\b{_NAME})"
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+|;\s*")
_NOT_A_WORD = re.compile(r"[^\w\s]")


def sentences(text: str) -> list[str]:
    """Split a text at the ends of sentences and lines."""
    return [part.strip() for part in _SENTENCES.split(text) if part.strip()]


def has_date(text: str) -> bool:
    """Tell whether a day, or a month of a year, is named."""
    return bool(_DATE.search(text))


def has_place(text: str) -> bool:
    """Tell whether a place in a document is named: a page, a section, a version."""
    return bool(_PLACE.search(text))


def names_owner(text: str) -> bool:
    """Tell whether somebody is named together with what they look after."""
    return bool(_OWNER.search(text))


def first(pattern: re.Pattern[str], text: str) -> str:
    """Return what a pattern first fits in a text, with its first letter large; nothing if none."""
    found = pattern.search(text)
    return found[0][:1].upper() + found[0][1:] if found else ""


def bare(text: str) -> str:
    """Return the words alone, small and with single spaces: for telling whether texts agree."""
    return " ".join(_NOT_A_WORD.sub(" ", text.lower()).split())


def word_count(text: str) -> int:
    """Count the words."""
    return len(bare(text).split())
