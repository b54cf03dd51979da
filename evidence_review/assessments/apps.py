"""The room of assessments: answers, standing, sites, plans and publications."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The room of assessments: answers, standing, sites, plans and publications."""

    name = "evidence_review.assessments"
    label = "assessments"
