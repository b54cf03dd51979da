"""The screens of the review room: who sees them, what they say, what they do."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from evidence_review.evidence.models import EvidenceVersion
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    RouteFactory,
    SiteFactory,
    StandInFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(client: Client, lead: User) -> Client:
    """A browser in which the IG lead is signed in."""
    client.force_login(lead)
    return client


def decide_url(version: EvidenceVersion) -> str:
    return reverse("review:decide", args=[version.public_id])


def test_smoke(at_desk: Client, lead: User) -> None:
    evidence = EvidenceFactory(requirements=[RequirementFactory()])
    old = VersionFactory(evidence=evidence, approved=True)
    version = VersionFactory(evidence=evidence)
    for name in (
        "queue",
        "all",
        "report",
        "routes",
        "stand_ins",
        "name_stand_in",
        "all_results",
        "report_results",
    ):
        assert at_desk.get(reverse(f"review:{name}")).status_code == 200, name
    for each in (version, old):
        assert at_desk.get(decide_url(each)).status_code == 200
    for name in ("withdraw", "recall"):
        assert at_desk.get(reverse(f"review:{name}", args=[version.public_id])).status_code == 200
    assert at_desk.get(reverse("review:evidence", args=[evidence.public_id])).status_code == 200
    assert at_desk.get(reverse("review:route", args=["policy"])).status_code == 200
    assert at_desk.get(reverse("review:route", args=["all-others"])).status_code == 200
    assert at_desk.get(reverse("wagtailadmin_home")).status_code == 200
    assert at_desk.get(reverse("reviews:withdraw", args=[version.public_id])).status_code == 200
