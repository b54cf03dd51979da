"""How long evidence is kept, holds on it, and its disposal with a certificate."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """The room."""

    name = "evidence_review.retention"
    label = "retention"
