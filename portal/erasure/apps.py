"""Erasing what is personal, while the record still proves itself."""

from django.apps import AppConfig


class ErasureConfig(AppConfig):
    """The room."""

    name = "portal.erasure"
    label = "erasure"
