"""``manage.py check_invariants``: is everything as it must be?"""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from portal.record.invariants import about_of, find_broken


class Command(BaseCommand):
    """Asks every invariant; exit code 1 and a list when one is broken."""

    help = "Check what must be true of the portal at all times. Reads all bytes: takes a while."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say what was checked or what is broken."""
        broken = find_broken()
        if broken:
            for one in broken:
                self.stdout.write(f"{one.name} broken: {one.sentence}")
            sys.exit(1)
        for name, path in settings.INVARIANTS.items():
            self.stdout.write(f"{name}: {about_of(import_string(path))}")
        self.stdout.write("All of this holds.")
