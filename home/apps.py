"""Home: what one person has to do today."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The room of the start page."""

    name = "home"
    label = "home"
