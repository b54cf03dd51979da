"""Starter policies to adapt, each mapped to what it supports."""

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register


class PolicyLibraryConfig(AppConfig):
    """The room of the policy library."""

    name = "portal.policy_library"
    label = "policy_library"

    def ready(self) -> None:
        """Have the starter files looked at whenever the portal is checked."""
        register(import_module("portal.policy_library.checks").starters_can_be_read)
