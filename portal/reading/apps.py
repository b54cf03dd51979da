"""Reading: who confirmed which version of a policy, who has not, and what changed since."""

from importlib import import_module

from django.apps import AppConfig

from portal.policies.signals import policy_in_force


class ReadingConfig(AppConfig):
    """The room of the reading."""

    name = "portal.reading"
    label = "reading"

    def ready(self) -> None:
        """Connect what follows a publication."""
        receivers = import_module("portal.reading.receivers")
        policy_in_force.connect(receivers.count_again, dispatch_uid="reading.count_again")
