"""Starter policies to adapt, each mapped to what it supports."""

from django.apps import AppConfig


class PolicyLibraryConfig(AppConfig):
    """The room of the policy library."""

    name = "portal.policy_library"
    label = "policy_library"
