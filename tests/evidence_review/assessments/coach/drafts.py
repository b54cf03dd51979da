"""Answers for the coach to look at."""

from datetime import date
from typing import Any

from evidence_review.assessments.coach import Draft, look_at
from portal.frameworks.states import AnswerKind

TODAY = date(2026, 11, 22)
DEADLINE = date(2027, 6, 30)
GOOD = ("A list of your policies, with version, owner and date.",)


def draft(text: str = "", **more: Any) -> Draft:
    """Return a written answer to a question about policies."""
    defaults: dict[str, Any] = {
        "kind": AnswerKind.TEXT,
        "today": TODAY,
        "deadline": DEADLINE,
        "question": "Are your policies on data protection up to date?",
        "good": GOOD,
        "text": text,
        "others": {"4.5.4": "Password policy of 9 May 2026, section 2, three random words."},
        "last_year": "Backups run every night and were restored on 4 May 2026, page 2 of the log.",
        "was_reworded": True,
    }
    return Draft(**(defaults | more))


def noticed(one: Draft) -> set[str]:
    """Return the codes of what the coach says."""
    return {hint.rule for hint in look_at(one)}


def to_improve(one: Draft) -> set[str]:
    """Return the codes of what the coach would have improved."""
    return {hint.rule for hint in look_at(one) if not hint.is_good}
