"""A person's own account, and the administrator's screens of people and places."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room of accounts."""

    name = "portal.accounts"
    label = "accounts"
