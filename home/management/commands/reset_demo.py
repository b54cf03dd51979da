"""Throw a demo away."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from home.demo.people import SIGN_INS


class Command(BaseCommand):
    """``manage.py reset_demo`` throws a demo portal's database and bytes away and makes it empty.

    A real portal's record cannot be deleted, so this refuses wherever the portal was not started
    as a demo.
    """

    help = "Throw a demo portal's database and bytes away. Refuses on any other portal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Empty the demo."""
        marker = Path(settings.PORTAL_DEMO_MARKER)
        if not marker.exists():
            raise CommandError(
                "This portal was not started as a demo, so it is not thrown away. "
                "The record of a portal cannot be deleted."
            )
        self._drop_everything()
        # The sealer remembers what it signed; a demo that begins again was never signed.
        for folder in (settings.BYTES_DIR, settings.QUARANTINE_DIR, settings.SEALER_DIR):
            shutil.rmtree(folder, ignore_errors=True)
        (Path(settings.PORTAL_DATA) / SIGN_INS).unlink(missing_ok=True)
        call_command("prepare_portal", verbosity=0)
        self.stdout.write("The demo is gone. Load it again with: manage.py seed_demo")

    def _drop_everything(self) -> None:
        if connection.vendor == "sqlite":
            name = str(connection.settings_dict["NAME"])
            connection.close()
            for tail in ("", "-wal", "-shm"):
                Path(name + tail).unlink(missing_ok=True)
            return
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
