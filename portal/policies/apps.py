"""Policies: what staff are asked to do, in plain words, and which version holds today."""

from importlib import import_module

from django.apps import AppConfig

from portal.policies.signals import policy_published, policy_withdrawn


class PoliciesConfig(AppConfig):
    """The room of the policies."""

    name = "portal.policies"
    label = "policies"

    def ready(self) -> None:
        """Connect what follows a publication and a withdrawal."""
        receivers = import_module("portal.policies.receivers")
        policy_published.connect(receivers.keep_published, dispatch_uid="policies.keep_published")
        policy_withdrawn.connect(receivers.note_withdrawn, dispatch_uid="policies.note_withdrawn")
