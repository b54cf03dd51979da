"""Who the benchmarks act as, on a scratch portal filled as far as they need it."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from benchmarks.harness.servers import scanner
from evidence_review.evidence.models import Evidence
from portal.people.actions.token import create_token
from portal.people.models import Site, User
from portal.record.actors import SETUP


def fill(evidence: int) -> None:
    """Load the demo and bring it up to ``evidence`` pieces; the virus scanner is started for it."""
    os.environ.setdefault("PORTAL_DEMO_PASSWORD", "correct-horse-battery")
    Path(settings.PORTAL_DATA).mkdir(parents=True, exist_ok=True)
    with scanner():
        call_command("seed_demo", sites=0, evidence=0, verbosity=0)
        grow(evidence)


def grow(evidence: int) -> None:
    """Bring a filled portal up to ``evidence`` pieces; needs a running scanner the first time."""
    from_now = evidence - count()
    if from_now > 0:
        call_command("seed_demo", sites=0, evidence=from_now, verbosity=0)


def count() -> int:
    """Return how many pieces of evidence there are."""
    return Evidence.objects.count()


def person(key: str) -> User:
    """Return one of the demo's people."""
    return User.objects.get(email=f"{key}@demo.example")


def bearer(somebody: User) -> dict[str, str]:
    """Return the header that shows a new token of somebody's."""
    _, token = create_token(somebody, "benchmark", actor=SETUP)
    return {"Authorization": f"Bearer {token}"}


def first_site() -> Site:
    """Return the site of the demo's contributor."""
    return Site.objects.order_by("pk")[0]
