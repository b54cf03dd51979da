"""Load the demo care provider."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from home.demo.assessments import make_assessments
from home.demo.claims import make_claims
from home.demo.crowd import make_crowd
from home.demo.evidence import improve_policy, make_evidence
from home.demo.library import adopt_starters
from home.demo.outsiders import name_outsider
from home.demo.people import make_cast, write_sign_ins
from home.demo.policies import make_policies
from home.demo.tablets import give_pins
from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.people.models import Organisation, User
from portal.record.actors import SETUP


class Command(BaseCommand):
    """``manage.py seed_demo`` fills an empty portal with a made-up provider."""

    help = "Load the demo care provider into an empty portal; add to it with --sites, --evidence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how large the demo should be."""
        parser.add_argument("--sites", type=int, default=0, metavar="N", help="N more sites")
        parser.add_argument(
            "--evidence", type=int, default=0, metavar="N", help="N more pieces of evidence"
        )

    def handle(self, *args: Any, sites: int, evidence: int, **options: Any) -> None:
        """Load what is not there yet."""
        marker = Path(settings.PORTAL_DEMO_MARKER)
        has_people = User.objects.exists() or Organisation.objects.exists()
        if has_people and not marker.exists():
            raise CommandError(
                "This portal has people of its own. The demo goes into an empty one."
            )
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
        if not has_people:
            self._first_time()
        if sites or evidence:
            self.stdout.write(make_crowd(sites=sites, evidence=evidence))
            # Written in bulk, past the actions that keep the index in step.
            call_command("rebuild_search", verbosity=0)

    @transaction.atomic
    def _first_time(self) -> None:
        """Load everything or nothing: a start that was broken off leaves no half of a provider."""
        load_catalogue(actor=SETUP)
        cast = make_cast()
        give_pins(cast)
        make_policies(cast)
        improve_policy(cast, make_evidence(cast)[0])
        make_assessments(cast)
        make_claims(cast)
        adopt_starters(cast)
        name_outsider(cast)
        self.stdout.write(f"The demo is loaded. How to sign in stands in {write_sign_ins(cast)}")
