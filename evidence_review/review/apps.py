"""The room of four-eyes review."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """The room of four-eyes review."""

    name = "evidence_review.review"
    label = "review"
