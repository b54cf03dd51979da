"""Rules about what is written: can somebody from outside follow it, and believe it?"""

import re

from evidence_review.assessments.coach.draft import Draft, Hint
from evidence_review.assessments.coach.phrases import (
    bare,
    first,
    has_date,
    has_place,
    sentences,
    word_count,
)
from portal.frameworks.states import AnswerKind

_THING = (
    r"(?:polic(?:y|ies)|folders?|files?|documents?|attachments?|procedures?|handbooks?|binders?"
    r"|records?|evidence|paperwork|intranet|shared drive|sharepoint|system)"
)
_VAGUE = re.compile(
    rf"\b(?:see|refer to|check|as per|as in)\s+(?:\w+\s+){{0,3}}?(?:{_THING}|attached|above|below)"
    rf"(?:\s+{_THING})?\b"
    rf"|\b{_THING}\s+(?:(?:is|are|has been|have been)\s+)?"
    r"(?:attached|enclosed|uploaded|available|on file|in place|on request)\b"
    r"|\bavailable (?:on|upon) request\b"
    r"|\bas (?:attached|above|before|last year)\b"
    r"|\bon file\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:(?:was|were|been|is|are|last|we|and|have|has)\s+)?"
    r"(?:approved|reviewed|agreed|signed|tested|audited|updated|refreshed|trained|completed"
    r"|checked)(?:\s+(?:by|in|off by|off)\s+(?:the\s+|our\s+|all\s+)?\w+)?",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:[\w-]+\s+){0,2}(?:policy|policies|procedures?|handbook|contracts?|agreements?|manual"
    r"|minutes (?:of|from|for))\b",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"\b(?:tested|audited|spot[ -]checks?|spot[ -]checked|rehearsed|exercise|drill|surveyed)\b",
    re.IGNORECASE,
)
_CAME_OF_IT = re.compile(
    r"\b(?:found|finds?|show(?:s|ed|n)|results?|chang(?:e|ed|es)|pass(?:ed)?|fail(?:ed|ures?)?"
    r"|learn(?:ed|t)|lessons?|improv\w+|fixed|now|since then|so|because|worked|restored|missed"
    r"|no (?:problems|issues|gaps|errors)|put right|all of them|everyone|actions?)\b"
    r"|\d\s?%|\bper cent\b|\b\d+ (?:out )?of \d+|\b(?:in|within|took) \w+ (?:minutes|hours)",
    re.IGNORECASE,
)
SHORTEST = {AnswerKind.TEXT: 5, AnswerKind.YES_NO: 4, AnswerKind.DOCUMENT_OR_TEXT: 3}
SHORTEST_REASON = 5
_COPIED_SHARE = 0.6
_WORDS_TO_COMPARE = 5


def vague_reference(draft: Draft) -> Hint | None:
    """Words that lead somewhere only the writer can go."""
    for sentence in sentences(draft.words):
        found = first(_VAGUE, sentence)
        if found and not has_place(sentence) and not has_date(sentence):
            return Hint(
                "vague-reference",
                f"“{found}” is hard to follow.",
                "Someone from outside cannot open it.",
                "Link the file below, or give its name and page.",
            )
    return None


def no_date(draft: Draft) -> Hint | None:
    """Something happened, or has to be fresh, and nobody can tell since when."""
    text = draft.words
    if not draft.says_done or not text or has_date(text) or draft.document_date:
        return None
    happened = first(_HAPPENED, text)
    if happened:
        return Hint(
            "no-date",
            f"“{happened}” has no date.",
            "Without one nobody can tell when it lapses.",
            "Add the day, such as 2 November 2026.",
        )
    if draft.freshness_months and not draft.evidence:
        return Hint(
            "no-date",
            "There is no date here.",
            f"This must be looked at again at least every {_months(draft.freshness_months)}.",
            "Say on which day it was last done, such as 2 November 2026.",
        )
    return None


def _months(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return f"{months} months"
    return "year" if years == 1 else f"{years} years"


def no_place(draft: Draft) -> Hint | None:
    """A document is named, and not where in it to look."""
    text = draft.words
    if not draft.says_done or has_place(text) or vague_reference(draft):
        return None
    paper = _PAPER.search(text)
    if paper is None:
        return None
    return Hint(
        "no-place",
        f"“{paper[0][:1].upper() + paper[0][1:]}” is named, but not where to look in it.",
        "A reader should find the sentence in a minute.",
        "Add the page, section or clause, and the version.",
    )


def no_result(draft: Draft) -> Hint | None:
    """Something was tried out, and the reader is not told what came of it."""
    text = draft.words
    tried = first(_TRIED, text)
    if not draft.says_done or not tried or _CAME_OF_IT.search(text):
        return None
    return Hint(
        "no-result",
        f"“{tried}” says what you did, not what came of it.",
        "Inspectors look for what changed because of it.",
        "Tell it in four steps: the situation, what had to be done, what you did, the result.",
    )


def too_short(draft: Draft) -> Hint | None:
    """So few words that somebody new could not act on them."""
    if draft.not_applicable:
        if word_count(draft.reason) >= SHORTEST_REASON:
            return None
        return Hint(
            "too-short",
            "The reason is very short.",
            "Next year somebody else must be able to tell whether it is still true.",
            "Say in a sentence what you do not have or do not do here.",
        )
    words = word_count(draft.words)
    if not words or words >= SHORTEST.get(draft.kind, 0):
        return None
    if draft.kind != AnswerKind.TEXT and (draft.evidence or draft.link):
        return None
    return Hint(
        "too-short",
        "The answer is very short.",
        "Somebody who does not know this place must understand it.",
        "Say what you do, who does it, when it was last done and where it is written down.",
    )


def copied_question(draft: Draft) -> Hint | None:
    """The answer is what the page says a good answer is."""
    text = bare(draft.words)
    for ours in (draft.question, *draft.good):
        wording = bare(ours)
        if len(wording.split()) < _WORDS_TO_COMPARE or wording not in text:
            continue
        if len(wording) >= _COPIED_SHARE * len(text):
            return Hint(
                "copied-question",
                "This repeats the words of this page.",
                "It says what anybody should have, not what you have.",
                "Say it about this place: which document, whose, since when.",
            )
    return None


def copied_answer(draft: Draft) -> Hint | None:
    """The same words answer another question."""
    text = bare(draft.words)
    if len(text.split()) < _WORDS_TO_COMPARE:
        return None
    same = [ref for ref, other in draft.others.items() if bare(other) == text]
    if not same:
        return None
    return Hint(
        "copied-answer",
        f"This is the same as your answer to question {same[0]}.",
        "One text seldom answers two questions.",
        "Say what answers this question, and leave out what does not.",
    )


def copied_last_year(draft: Draft) -> Hint | None:
    """Last year's words stand under a question that reads differently now."""
    text = bare(draft.words)
    if not text or not draft.was_reworded or text != bare(draft.last_year):
        return None
    return Hint(
        "copied-last-year",
        "This is last year’s answer, and the question was reworded.",
        "It may ask for something else now.",
        "Read the question again, then change the answer or the date in it.",
    )
