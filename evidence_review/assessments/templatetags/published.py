"""Filters for frozen answers: ``{% load published %}``."""

from datetime import date

from django import template

from evidence_review.assessments.answer_words import evidence_words, lines_of, words_to_type
from evidence_review.assessments.states import look
from portal.chrome.words import day

register = template.Library()

register.filter("words_to_type", words_to_type)
register.filter("lines_of", lines_of)
register.filter("evidence_words", evidence_words)
register.filter("look_of", look)


@register.filter
def iso_day(text: str) -> str:
    """Say a day that is kept as 2027-06-30: ``30 June 2027``."""
    return day(date.fromisoformat(text))
