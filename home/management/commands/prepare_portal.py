"""Everything that must be in place before the portal serves."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """``manage.py prepare_portal``: tables, refusals, catalogue, policies page, planned jobs.

    Safe to run at every start; what is there already is left as it is. Ends with an error, so that
    nothing is started, when the database lacks one of its refusals.
    """

    help = "Bring tables, catalogue, policies page and planned jobs up to date."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        """Run each step."""
        call_command("migrate", interactive=False, verbosity=verbosity)
        # A restored dump may have lost its triggers: nothing is served before they are proven.
        call_command("check", databases=["default"], verbosity=verbosity)
        for step in ("load_catalogue", "set_up_policies", "plan_jobs"):
            call_command(step, verbosity=verbosity)
        call_command("rebuild_search", if_empty=True, verbosity=0)
