"""``manage.py verify_record``: is the record, and every stored byte, what was written?"""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from portal.record.invariants import Outcome, run_check
from portal.record.models import ErasedDetail, LogHead

_SHOWN_OF_ONE = 50


class Command(BaseCommand):
    """Asks every invariant and, given one, a checkpoint kept outside; plain sentences, 0 or 1."""

    help = (
        "Verify the whole record and all stored bytes, and that the tables are what the record "
        "says. Give --checkpoint FILE to compare with a signed checkpoint that was kept outside. "
        "Reads everything: takes a while. Ends with 0 when all holds, with 1 when anything does "
        "not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the checkpoint's file."""
        parser.add_argument(
            "--checkpoint",
            metavar="FILE",
            type=Path,
            help="A checkpoint of this portal that was kept outside it, from a pack or an e-mail.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say of each what came of it."""
        path: Path | None = options["checkpoint"]
        kept = self._read(path) if path else ""
        size = LogHead.objects.values_list("size", flat=True).first() or 0
        erased = ErasedDetail.objects.count()
        self.stdout.write(f"The record has {size:,} events; the details of {erased:,} are erased.")
        wrong = 0
        for number, name in enumerate(settings.INVARIANTS, start=1):
            self._progress(f"Checking {name} ({number} of {len(settings.INVARIANTS)}) ...")
            wrong += self._say(run_check(name))
        if kept:
            self._progress("Comparing with the checkpoint ...")
            wrong += self._compare(kept)
        else:
            self.stdout.write(
                "No checkpoint was given: whether the record was rewritten as a whole cannot be "
                "seen from inside. Give one that was kept outside with --checkpoint."
            )
        if wrong:
            self.stdout.write(f"Not all of this holds: {wrong:,} differences.")
            sys.exit(1)
        self.stdout.write(f"All of this holds: {len(settings.INVARIANTS)} rules, {size:,} events.")

    def _say(self, outcome: Outcome) -> int:
        count = len(outcome.sentences)
        how = f"{count:,} {'difference' if count == 1 else 'differences'}" if count else "holds"
        self.stdout.write(f"{outcome.name}, {how} ({outcome.seconds:.1f} s): {outcome.about}")
        for sentence in outcome.sentences[:_SHOWN_OF_ONE]:
            self.stdout.write(f"    {sentence}")
        if count > _SHOWN_OF_ONE:
            self.stdout.write(f"    and {count - _SHOWN_OF_ONE:,} more")
        return count

    def _compare(self, kept: str) -> int:
        checked = import_string(settings.RECORD_CHECKPOINT)(kept)
        self.stdout.write(f"Checkpoint: {checked.sentence}")
        return 0 if checked.holds else 1

    def _read(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The file {path} cannot be read: {error}") from error

    def _progress(self, sentence: str) -> None:
        self.stderr.write(sentence, style_func=str)
        self.stderr.flush()
