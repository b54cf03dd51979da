"""Is everything the portal needs at work?"""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """The room of health."""

    name = "portal.health"
    label = "health"
