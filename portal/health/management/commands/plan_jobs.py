"""``manage.py plan_jobs``: make the worker's schedule what the settings say."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.health.schedules import plan_jobs


class Command(BaseCommand):
    """Plans the recurring jobs; changes nothing when they are planned already."""

    help = "Plan the recurring jobs named in the setting SCHEDULES."

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan and say what changed."""
        changed = plan_jobs()
        self.stdout.write(f"Planned: {', '.join(changed)}." if changed else "All jobs are planned.")
