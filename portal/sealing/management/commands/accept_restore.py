"""Go on after a restore from a backup."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.record.actors import SETUP
from portal.sealing.actions.accept_restore import RestoreRefused, accept_restore
from portal.sealing.actions.register_key import register_key
from portal.sealing.memory import Memory, MemoryUnusable
from portal.sealing.signing_key import KeyUnusable, read_key


class Command(BaseCommand):
    """``manage.py accept_restore "why"`` seals what the backup held, and says so in the record."""

    help = "Seal the record after a restore, and write into it what was lost and why."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the reason, which the record keeps."""
        parser.add_argument("reason")

    def handle(self, *args: Any, reason: str, **options: Any) -> None:
        """Accept what was put back."""
        folder = Path(settings.SEALER_DIR)
        try:
            key = read_key(folder)
            register_key(key, now=timezone.now())
            seal = accept_restore(key, Memory(folder), actor=SETUP, reason=reason)
        except (KeyUnusable, MemoryUnusable) as problem:
            raise CommandError(str(problem)) from problem
        except RestoreRefused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(f"Sealed {seal.size} events. The record says what was lost.")
