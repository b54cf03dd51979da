"""``manage.py load_catalogue [FILE...]``: load what the frameworks ask for."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.frameworks.catalogue.problems import CatalogueRefused
from portal.record.actors import SETUP


class Command(BaseCommand):
    """Load catalogue files: all of them, or nothing. Safe to run again and again."""

    help = "Load the catalogue of frameworks and requirements. Safe to run again and again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files to load; none means those that come with the portal."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        """Load, and say what changed."""
        try:
            result = load_catalogue(files or None, actor=SETUP)
        except CatalogueRefused as refused:
            raise CommandError(f"Nothing was loaded.\n{refused}") from refused
        for edition in result.editions:
            counts = [f"{count} {name}" for name, count in edition.facts.items() if count]
            self.stdout.write(f"{edition.code}: {', '.join(counts) or 'nothing to change'}")
