"""Django's migrate, which also puts the database's refusals back."""

from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    """Migrate without first asking whether the refusals are in place.

    They are put in place when migrating ends; asking before would stop the very command that
    repairs them. ``manage.py check --database default`` asks.
    """

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[Any, Any]:
        """Return Django's choice of checks, less those that look into a database."""
        kwargs = super().get_check_kwargs(options)
        return {name: value for name, value in kwargs.items() if name != "databases"}
