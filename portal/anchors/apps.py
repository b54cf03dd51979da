"""Copies of the signed head of the record, kept where the portal cannot change them."""

from django.apps import AppConfig


class AnchorsConfig(AppConfig):
    """The room."""

    name = "portal.anchors"
    label = "anchors"
