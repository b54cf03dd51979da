"""The answer coach: hints on an answer, documented in docs/answer-coach.md. It never blocks."""

from evidence_review.assessments.coach import about_evidence, about_words, praise
from evidence_review.assessments.coach.draft import Draft, EvidenceSeen, Hint, Rule

__all__ = ["RULES", "Draft", "EvidenceSeen", "Hint", "Rule", "look_at"]

RULES = (
    Rule("vague-reference", about_words.vague_reference),
    Rule("no-date", about_words.no_date),
    Rule("no-place", about_words.no_place),
    Rule("no-result", about_words.no_result),
    Rule("too-short", about_words.too_short),
    Rule("copied-question", about_words.copied_question),
    Rule("copied-answer", about_words.copied_answer),
    Rule("copied-last-year", about_words.copied_last_year),
    Rule("nothing-to-show", about_evidence.nothing_to_show),
    Rule("evidence-lapsed", about_evidence.evidence_lapsed),
    Rule("evidence-lapsing", about_evidence.evidence_lapsing),
    Rule("evidence-not-approved", about_evidence.evidence_not_approved),
    Rule("owner-named", praise.owner_named),
    Rule("date-given", praise.date_given),
    Rule("place-given", praise.place_given),
)


def look_at(draft: Draft) -> list[Hint]:
    """Return the hints on an answer, what to improve first; none while there is no answer."""
    if draft.is_empty:
        return []
    return [hint for rule in RULES if (hint := rule.notices(draft))]
