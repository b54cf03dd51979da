"""An inspector with access to one of two sites, and the way in."""

import html
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.inspection.actions.grant_access import grant_access
from evidence_review.inspection.invitation import Invitation
from evidence_review.inspection.models import InspectorAccess
from portal.frameworks.models import Requirement
from portal.people.models import Site, User
from portal.people.roles import Role
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
)
from tests.fixtures.jobs import RunJobs


class Clock:
    """The time the portal believes it is: moves only when told to."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def forward(self, **by: float) -> None:
        """Let time pass: ``forward(minutes=11)``."""
        self.now += timedelta(**by)

    def read(self) -> datetime:
        """Return what ``timezone.now`` answers."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Take the portal's clock into hand."""
    held = Clock()
    monkeypatch.setattr(timezone, "now", held.read)
    return held


@pytest.fixture
def ig_lead(db: None) -> User:
    """An IG lead of the whole organisation."""
    return PersonFactory.create(role=Role.IG_LEAD, first_name="Grace", last_name="Adeyemi (demo)")


@pytest.fixture
def site(db: None) -> Site:
    """The site the inspector may see."""
    return SiteFactory.create(name="Rowan House (demo)", cqc_location_id="1-000000001")


@pytest.fixture
def other_site(site: Site) -> Site:
    """A site the inspector may not see."""
    return SiteFactory.create(name="Larch Lodge (demo)", cqc_location_id="1-000000002")


@pytest.fixture
def requirement(db: None) -> Requirement:
    """A requirement of the edition in scope."""
    return RequirementFactory.create(
        ref="WL5", title="Governance and management", section="Well-led"
    )


GiveAccess = Callable[..., InspectorAccess]


@pytest.fixture
def give_access(ig_lead: User, site: Site, requirement: Requirement) -> GiveAccess:
    """Give access for a fortnight to the one site; every part can be said otherwise."""

    def give(**said: Any) -> InspectorAccess:
        actor = said.pop("actor", ig_lead)
        facts: dict[str, Any] = {
            "name": "Kim Park (demo)",
            "email": "kim.park@cqc.example",
            "ends": timezone.now() + timedelta(days=14),
            "sites": [site],
            "editions": [requirement.edition],
        }
        return grant_access(Invitation(**(facts | said)), actor=actor)

    return give


@pytest.fixture
def access(give_access: GiveAccess) -> InspectorAccess:
    """An open access to the one site and the one edition."""
    return give_access()


ShowEvidence = Callable[..., EvidenceVersion]


@pytest.fixture
def show_evidence(site: Site, requirement: Requirement) -> ShowEvidence:
    """Make an evidence with an approved, clean version; its site, tie and state can be said."""

    def show(**said: Any) -> EvidenceVersion:
        about = {
            name: said.pop(name)
            for name in ("title", "claim", "owner", "period_start", "period_end")
            if name in said
        }
        evidence = EvidenceFactory.create(
            site=said.pop("site", site),
            requirements=said.pop("requirements", [requirement]),
            **about,
        )
        state = said or {"approved": True}
        version: EvidenceVersion = VersionFactory.create(evidence=evidence, **state)
        return version

    return show


def text_of(answer: Any) -> str:
    """Return the page as a person reads it: without tags, with single spaces."""
    bare = re.sub(r"<[^>]*>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(bare))


def page(name: str, access: InspectorAccess, *more: str) -> str:
    """Return the address of one of the inspector's pages."""
    return reverse(f"inspection:{name}", args=[access.link_key, *more])


def mailed_code() -> str:
    """Return the code in the newest mail, as it is written there."""
    found = re.search(r"Your code is (\d{4} \d{4})", str(mail.outbox[-1].body))
    assert found
    return found[1]


Enter = Callable[..., Client]


@pytest.fixture
def enter(run_jobs: RunJobs) -> Enter:
    """Go the whole way in as an inspector does; return the browser that is in."""

    def enter_with(access: InspectorAccess, client: Client | None = None) -> Client:
        browser = client or Client()
        browser.post(page("send_code", access))
        run_jobs()
        answer = browser.post(page("code", access), {"code": mailed_code()})
        assert answer.headers["Location"] == page("summary", access)
        return browser

    return enter_with
