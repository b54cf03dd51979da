"""Present answers in words, for templates."""

from django import template

from evidence_review.assessments import given_words

register = template.Library()
register.filter("main_words", given_words.main_words)
register.filter("where_words", given_words.where_words)
