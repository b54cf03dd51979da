"""Replace the sealer's key by a new one."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.record.actors import SETUP
from portal.sealing.actions.replace_key import rotate_key
from portal.sealing.stuck import SealerStuck


class Command(BaseCommand):
    """``manage.py rotate_seal_key``, run as the sealer's own user; the sealer may go on running."""

    help = "Make a new key for the seal. The old key signs that the new one replaces it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace the key, and say what to tell others."""
        try:
            kept = rotate_key(Path(settings.SEALER_DIR), actor=SETUP, now=timezone.now())
        except SealerStuck as stuck:
            raise CommandError(str(stuck)) from stuck
        self.stdout.write(
            f"The new key is in use. Its fingerprint: {kept.fingerprint}\n"
            "Send it to those who keep your checkpoints. The old private key is destroyed; copy "
            "the sealer's folder to its safe place again. A running sealer takes the key up by "
            "itself."
        )
