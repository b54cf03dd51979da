"""What can be wrong with the settings of the virus check before the portal serves."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def lease_outlasts_jobs(
    app_configs: Sequence[AppConfig] | None = None, **_: object
) -> list[CheckMessage]:
    """Return ``scanning.E001`` when a job could still work after its claim has run out."""
    timeout = settings.Q_CLUSTER["timeout"]
    if settings.CHECK_DEADLINE_SECONDS < timeout < settings.CHECK_LEASE_SECONDS:
        return []
    return [
        Error(
            f"Jobs may take {timeout} seconds, a check {settings.CHECK_DEADLINE_SECONDS}, and its "
            f"claim lasts {settings.CHECK_LEASE_SECONDS}: two jobs could work on one file.",
            hint="Keep CHECK_DEADLINE_SECONDS < Q_CLUSTER['timeout'] < CHECK_LEASE_SECONDS.",
            id="scanning.E001",
        )
    ]
