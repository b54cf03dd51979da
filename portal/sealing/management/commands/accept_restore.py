"""Go on after a restore from a backup."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.record.actors import SETUP
from portal.sealing.actions.accept_restore import RestoreRefused, accept_restore
from portal.sealing.actions.register_again import register_again
from portal.sealing.actions.register_key import register_key
from portal.sealing.key_ring import key_in_use
from portal.sealing.memory import Memory
from portal.sealing.stuck import SealerStuck


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
            register_again(folder, actor=SETUP, now=timezone.now())
            key = key_in_use(folder)
            register_key(key, now=timezone.now())
            seal = accept_restore(key, Memory(folder), actor=SETUP, reason=reason)
        except SealerStuck as stuck:
            raise CommandError(str(stuck)) from stuck
        except RestoreRefused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(f"Sealed {seal.size} events. The record says what was lost.")
