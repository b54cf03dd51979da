"""The room of evidence and its versions."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The room of evidence and its versions."""

    name = "evidence_review.evidence"
    label = "evidence"
