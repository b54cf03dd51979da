"""What evidence says inside: its text and pictures of its pages, taken out in the limited child."""

from django.apps import AppConfig


class ExtractionConfig(AppConfig):
    """The room of the extraction."""

    name = "evidence_review.extraction"
    label = "extraction"
