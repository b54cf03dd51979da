"""Policies: what staff are asked to do, in plain words, and which version holds today."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_save

from portal.policies.signals import policy_published


class PoliciesConfig(AppConfig):
    """The room of the policies."""

    name = "portal.policies"
    label = "policies"

    def ready(self) -> None:
        """Connect what follows a publication and a withdrawal."""
        receivers = import_module("portal.policies.receivers")
        policy_published.connect(receivers.keep_published, dispatch_uid="policies.keep_published")
        post_save.connect(
            receivers.note_withdrawn,
            sender="wagtailcore.PageLogEntry",
            dispatch_uid="policies.note_withdrawn",
        )
