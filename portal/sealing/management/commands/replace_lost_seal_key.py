"""Replace a key of the sealer that is lost."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.record.actors import SETUP
from portal.sealing.actions.replace_key import KeyNotReplaced, replace_lost_key
from portal.sealing.stuck import SealerStuck


class Command(BaseCommand):
    """``manage.py replace_lost_seal_key "why" [--checkpoint FILE]``, as the sealer's own user."""

    help = "Make a new key for the seal when the old one, or the sealer's memory, is lost."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the reason, which the record keeps, and what was kept outside."""
        parser.add_argument("reason")
        parser.add_argument(
            "--checkpoint",
            type=Path,
            help="The newest checkpoint that somebody kept outside the portal.",
        )

    def handle(self, *args: Any, reason: str, checkpoint: Path | None, **options: Any) -> None:
        """Replace the key, and say what to tell others."""
        try:
            outside = checkpoint.read_text(encoding="utf-8") if checkpoint else ""
            kept = replace_lost_key(
                Path(settings.SEALER_DIR),
                actor=SETUP,
                reason=reason,
                now=timezone.now(),
                checkpoint=outside,
            )
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{checkpoint} cannot be read: {error}.") from error
        except SealerStuck as stuck:
            raise CommandError(str(stuck)) from stuck
        except KeyNotReplaced as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(
            f"The new key is in use. Its fingerprint: {kept.fingerprint}\n"
            "Nobody vouches for it but you: tell those who keep your checkpoints why it changed."
        )
