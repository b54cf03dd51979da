"""People: who works here, where, in which role."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room of people, sites and memberships."""

    name = "portal.people"
    label = "people"
