"""Policies: what staff are asked to do, in plain words, and which version holds today."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """The room of the policies."""

    name = "portal.policies"
    label = "policies"
