"""Shared devices: one tablet, many people, each with a PIN of their own."""

from django.apps import AppConfig


class SharedDevicesConfig(AppConfig):
    """The room of the shared devices."""

    name = "portal.shared_devices"
    label = "shared_devices"
