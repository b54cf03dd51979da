"""Print the link with which the first administrator sets the portal up."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from portal.people.first_administrator import is_needed, make_key


class Command(BaseCommand):
    """``manage.py first_admin_link`` prints a one-time link, until there is an administrator."""

    help = "Print the one-time link for the first administrator of an empty portal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link."""
        if not is_needed():
            self.stderr.write("This portal has an administrator already: sign in instead.")
            return
        path = reverse("accounts:first_administrator", args=(make_key(),))
        self.stdout.write(settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path)
