"""The room of what an inspector is shown."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """The room of what an inspector is shown."""

    name = "evidence_review.inspection"
    label = "inspection"
