"""Reading: who confirmed which version of a policy, who has not, and what changed since."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """The room of the reading."""

    name = "portal.reading"
    label = "reading"
