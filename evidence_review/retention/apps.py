"""How long evidence is kept, holds on it, and its disposal with a certificate."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _load_rules(using: str, **kwargs: Any) -> None:
    import_module("evidence_review.retention.actions.load_rules").load_after_migrate(using)


class RetentionConfig(AppConfig):
    """The room of retention."""

    name = "evidence_review.retention"
    label = "retention"

    def ready(self) -> None:
        """Load the rules that come with the portal after every migrate."""
        post_migrate.connect(_load_rules, sender=self, dispatch_uid="retention.rules")
