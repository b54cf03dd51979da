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
from portal.sealing.key_ring import LATER_KEYS, key_in_use
from portal.sealing.locks import only_sealer
from portal.sealing.models import SealKey
from portal.sealing.reading import RecordBroken
from portal.sealing.sealer import Sealer, keep_stuck
from portal.sealing.signing_key import PRIVATE_FILE, SigningKey, make_key
from portal.sealing.stuck import SealerStuck

LOOK_EVERY_SECONDS = 2.0


class Command(BaseCommand):
    """Look every two seconds whether a seal is due. One per portal."""

    help = "Sign the head of the record: at once after approvals, else within five minutes."
    _sealer: Sealer | None = None
    _said = ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to run."""
        parser.add_argument("--once", action="store_true", help="Look once and stop.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Seal as the only sealer of the folder."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        folder = Path(settings.SEALER_DIR)
        try:
            with only_sealer(folder):
                self._until(stop, folder, once=once)
        except SealerStuck as stuck:
            raise CommandError(str(stuck)) from stuck

    def _until(self, stop: threading.Event, folder: Path, *, once: bool) -> None:
        """Look again and again; what goes wrong is said, and tried again at the next look."""
        while True:
            close_old_connections()
            try:
                self._look(folder)
            except RecordBroken as broken:
                self._complain(f"NOT SEALED: {broken.sentence}.")
            except SealerStuck as stuck:
                self._complain(f"NOT SEALED: {stuck}")
                self._sealer = None  # whatever is put right, the next look begins afresh
            except DatabaseError as error:
                self._complain(f"NOT SEALED: the database does not answer: {error}")
            else:
                self._said = ""
            if once or stop.wait(LOOK_EVERY_SECONDS):
                break
        if once and self._said:
            raise CommandError(self._said)

    def _look(self, folder: Path) -> None:
        """Seal if it is due. The first look opens the key."""
        if self._sealer is None:
            self._sealer = self._opened(folder)
        seal = self._sealer.work(timezone.now())
        if seal is not None:
            self.stdout.write(f"Sealed {seal.size} events.")

    def _opened(self, folder: Path) -> Sealer:
        """Return the sealer. The first start of a portal that was never sealed makes the key."""
        try:
            key = self._key(folder)
            register_key(key, now=timezone.now())
            return Sealer(key, folder)
        except SealerStuck as stuck:
            keep_stuck(stuck, now=timezone.now())
            raise

    def _key(self, folder: Path) -> SigningKey:
        """Return the key in use, or the first one."""
        has_key = (folder / PRIVATE_FILE).exists() or (folder / LATER_KEYS).exists()
        if has_key or SealKey.objects.exists():
            return key_in_use(folder)
        key = make_key(folder, f"{settings.SEAL_ORIGIN}/{secrets.token_hex(4)}")
        self.stdout.write(f"Made a key. Its fingerprint: {key.public.fingerprint}")
        return key

    def _complain(self, sentence: str) -> None:
        """Say what is wrong, once until it changes."""
        if sentence != self._said:
            self.stderr.write(sentence)
        self._said = sentence
