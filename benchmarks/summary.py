"""What the inspector's summary costs with much evidence, beside the same with little.

The inspector may see every site and every edition. Each look writes one sealed event to the record,
synced to disk before the page is sent; that is part of the time.
"""

from datetime import timedelta

from django.utils import timezone

from benchmarks.harness import people
from benchmarks.harness.bench import Bench, Figure
from benchmarks.harness.pages import Look, few_and_many_opened, figures_of
from evidence_review.inspection.actions.grant_access import grant_access
from evidence_review.inspection.invitation import Invitation
from evidence_review.inspection.models import InspectorSession
from evidence_review.inspection.sessions import digest_of, new_key
from portal.frameworks.models import Edition


def measure(bench: Bench) -> dict[str, Figure]:
    """Return the counts and the growth."""
    with few_and_many_opened(bench, _look) as (few, many):
        bench.say("The summary")
        return figures_of("summary", bench, few, many)


def _look() -> Look:
    """Invite an inspector and let them in without the code that would go out by e-mail."""
    now = timezone.now()
    invitation = Invitation(
        name="Ines Spector (demo)",
        inspector_organisation="Care Quality Commission (demo)",
        email="inspector@inspector.example",
        sites=None,
        editions=tuple(Edition.objects.all()),
        starts=now,
        ends=now + timedelta(days=1),
    )
    access = grant_access(invitation, actor=people.person("ig_lead"))
    key = new_key()
    InspectorSession.objects.create(
        access=access, digest=digest_of(key), started_at=now, seen_at=now
    )
    path = f"/inspection/{access.link_key}/summary/"
    return Look(path, {"Cookie": f"inspector={key}"}, b"of evidence")
