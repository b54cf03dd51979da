"""Sealing: signed heads of the record, made by a process that trusts nothing but bytes."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """The room of the sealer."""

    name = "portal.sealing"
    label = "sealing"
