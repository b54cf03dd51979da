"""Frameworks: what the provider is asked to show, and by whom."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """The room of the catalogues."""

    name = "portal.frameworks"
    label = "frameworks"
