"""Make an API token for a person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.people.actions.token import create_token
from portal.people.models import User
from portal.record.actors import SETUP


class Command(BaseCommand):
    """``manage.py create_token EMAIL`` prints a new API token, once."""

    help = "Make an API token for a person and print it. It cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the person's e-mail address and a name for the token."""
        parser.add_argument("email")
        parser.add_argument("--name", default="Made on the command line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the token."""
        person = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active person with the e-mail {options['email']}.")
        _, token = create_token(person, options["name"], actor=SETUP)
        self.stdout.write(token)
