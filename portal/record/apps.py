"""The room of the record: what happened, in order, for good."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate

from portal.record.checks import refusals_are_installed
from portal.record.installation import install_after_migrate, step_aside_before_migrate


class RecordConfig(AppConfig):
    """The room of the record; also keeps the database's refusals in place after every migrate."""

    name = "portal.record"
    label = "record"

    def ready(self) -> None:
        """Connect the refusals to migrating and to the system checks."""
        pre_migrate.connect(step_aside_before_migrate, sender=self)
        post_migrate.connect(install_after_migrate, sender=self)
        register(refusals_are_installed, Tags.database)
