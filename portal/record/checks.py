"""What can be wrong with the record before the portal serves."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from portal.record.installation import missing_refusals


def refusals_are_installed(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **_: object,
) -> list[CheckMessage]:
    """Return ``record.E001`` for each named database that does not refuse what it must."""
    return [
        Error(
            f"The database {alias!r} does not refuse what it must: {', '.join(missing)}.",
            hint="Run `manage.py migrate`. It puts every refusal back.",
            id="record.E001",
        )
        for alias in databases or ()
        if (missing := missing_refusals(alias))
    ]
