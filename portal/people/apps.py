"""People: who works here, where, in which role."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


def _set_up_role_groups(**kwargs: Any) -> None:
    """Keep the groups of the roles as the settings name them."""
    import_string("portal.people.groups.set_up_role_groups")()


class PeopleConfig(AppConfig):
    """The room of people, sites and memberships."""

    name = "portal.people"
    label = "people"

    def ready(self) -> None:
        """Connect what follows every migrate."""
        post_migrate.connect(_set_up_role_groups, dispatch_uid="people.role_groups")
