"""Search: one box over what the person may read."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save

from portal.policies.signals import policy_in_force


class SearchConfig(AppConfig):
    """The room of the search."""

    name = "search"
    label = "search"

    def ready(self) -> None:
        """Connect what follows when a policy comes into force, is withdrawn or is removed."""
        receivers = import_module("search.receivers")
        policy_in_force.connect(receivers.policy_in_force, dispatch_uid="search.in_force")
        post_save.connect(
            receivers.page_logged,
            sender="wagtailcore.PageLogEntry",
            dispatch_uid="search.page_logged",
        )
        post_delete.connect(
            receivers.policy_removed,
            sender="policies.PolicyPage",
            dispatch_uid="search.policy_removed",
        )
