"""Make the index of the search again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.actions.rebuild import empty, rebuild
from search.models import SearchDocument


class Command(BaseCommand):
    """``manage.py rebuild_search`` brings the index in step with policies and evidence."""

    help = "Bring the index of the search in step with what is published and approved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to begin with an empty index, or to do nothing unless it is empty."""
        parser.add_argument("--empty", action="store_true", help="forget everything first")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when the index holds anything"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how much is to be found."""
        if options["if_empty"] and SearchDocument.objects.exists():
            return
        if options["empty"]:
            empty()
        found = rebuild()
        if options["verbosity"]:
            self.stdout.write(f"{found} documents can be found.")
