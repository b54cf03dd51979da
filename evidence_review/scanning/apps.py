"""The room of the virus check."""

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register

from evidence_review.scanning.checks import lease_outlasts_jobs


class ScanningConfig(AppConfig):
    """The room of the virus check."""

    name = "evidence_review.scanning"
    label = "scanning"

    def ready(self) -> None:
        """Register the system check, and what a worker does when it starts."""
        register(lease_outlasts_jobs)
        signals = import_module("django_q.signals")
        start = import_module("evidence_review.scanning.worker_start")
        signals.post_spawn.connect(start.on_worker_start, dispatch_uid="scanning.worker_start")
