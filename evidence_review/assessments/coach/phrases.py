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
# Bounded on purpose: a pattern with a free end on both sides takes minutes over a long text.
_NAME = re.compile(r"[A-Z][\w'’-]{1,30}(?:\s[A-Z][\w'’-]{1,30}){1,3}")
_DUTY = re.compile(
    r"\b(?:owners?|owns|responsible|accountable|in charge|leads?|managers?|officer|guardian"
    r"|director|keeps?|checks|signs|reviews|approves|(?:owned|kept|led|checked) by)\b",
    re.IGNORECASE,
)
_TITLES = frozenset(
    {
        *("Registered", "Manager", "Senior", "Officer", "Caldicott", "Guardian", "Lead"),
        *("Care", "Home", "House", "Staff", "The", "Our"),
        *("Data", "Protection", "Information", "Records"),
        *("Policy", "Procedure", "Register", "Handbook", "Contract"),
    }
)
"""Words with a large first letter that are no part of a person's name."""
_FAR = 40
"""Characters between a name and a duty that still belong together."""
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
    """Tell whether somebody is named beside what they look after, in one sentence."""
    return any(_names_owner(sentence) for sentence in sentences(text))


def _names_owner(sentence: str) -> bool:
    names = [
        found.span()
        for found in _NAME.finditer(sentence)
        if not _TITLES.intersection(found[0].split())
    ]
    duties = [found.span() for found in _DUTY.finditer(sentence)]
    return any(
        min(abs(starts - ended), abs(start - ends)) <= _FAR
        for start, ended in names
        for starts, ends in duties
    )


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
