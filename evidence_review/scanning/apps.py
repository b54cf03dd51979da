"""The room of the virus check."""

from django.apps import AppConfig


class ScanningConfig(AppConfig):
    """The room of the virus check."""

    name = "evidence_review.scanning"
    label = "scanning"
