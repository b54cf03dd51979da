"""``manage.py set_up_policies``: the policies page and its approval."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.policies.actions.set_up_policies import set_up_policies
from portal.record.actors import SETUP


class Command(BaseCommand):
    """Make the policies page and its approval. Safe to run again and again."""

    help = "Make the policies page and its approval. Safe to run again and again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up, and say where."""
        page = set_up_policies(actor=SETUP)
        self.stdout.write(f"Policies are at {page.get_url() or '/policies/'}")
