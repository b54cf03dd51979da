"""Seal the record until told to stop."""

import secrets
import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from portal.sealing.actions.register_key import register_key
from portal.sealing.memory import MemoryUnusable
from portal.sealing.models import SealKey
from portal.sealing.reading import RecordBroken
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import PRIVATE_FILE, KeyUnusable, SigningKey, make_key, read_key

LOOK_EVERY_SECONDS = 2.0


class Command(BaseCommand):
    """Look every two seconds whether a seal is due. One per portal."""

    help = "Sign the head of the record: at once after approvals, else within five minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to run."""
        parser.add_argument("--once", action="store_true", help="Look once and stop.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Open or make the key, then seal."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        try:
            sealer = self._sealer(Path(settings.SEALER_DIR))
        except (KeyUnusable, MemoryUnusable) as problem:
            raise CommandError(str(problem)) from problem
        while True:
            self._look(sealer)
            if once or stop.wait(LOOK_EVERY_SECONDS):
                return

    def _sealer(self, folder: Path) -> Sealer:
        """Return the sealer. The first start of a portal that was never sealed makes the key."""
        key = self._key(folder)
        register_key(key, now=timezone.now())
        return Sealer(key, folder)

    def _key(self, folder: Path) -> SigningKey:
        if not (folder / PRIVATE_FILE).exists() and not SealKey.objects.exists():
            name = f"{settings.SEAL_ORIGIN}/{secrets.token_hex(4)}"
            key = make_key(folder, name)
            self.stdout.write(f"Made a key. Its fingerprint: {key.public.fingerprint}")
            return key
        return read_key(folder)

    def _look(self, sealer: Sealer) -> None:
        close_old_connections()
        try:
            seal = sealer.work(timezone.now())
        except RecordBroken as broken:
            self.stderr.write(f"NOT SEALED: {broken.sentence}")
        except DatabaseError as error:
            self.stderr.write(f"The database did not answer: {error}")
        else:
            if seal is not None:
                self.stdout.write(f"Sealed {seal.size} events.")
