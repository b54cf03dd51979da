"""A house with something of everything in it, and everybody who may knock at its addresses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from evidence_review.assessments.actions.restate import retally
from evidence_review.assessments.models import (
    Assessment,
    Certificate,
    ImprovementAction,
    NamedPerson,
    Publication,
    StatementClaim,
)
from evidence_review.assessments.states import Duty
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.extraction.cache import keep_page
from evidence_review.extraction.models import PagePictures
from evidence_review.extraction.outcomes import RENDERER_VERSION, Outcome
from evidence_review.inspection.actions.close_session import close_session
from evidence_review.inspection.actions.grant_access import grant_access
from evidence_review.inspection.actions.record_look import record_look
from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.actions.send_code import Asker, send_code
from evidence_review.inspection.invitation import Invitation
from evidence_review.inspection.models import InspectorAccess, InspectorSession
from evidence_review.inspection.pages import Asked
from evidence_review.inspection.sessions import digest_of as digest_of_session
from evidence_review.inspection.views.sheets import page_now
from evidence_review.meetings.models import Meeting
from evidence_review.packs.actions.request_pack import request_pack
from evidence_review.packs.scopes import Choice
from evidence_review.retention.models import LegalHold
from portal.accounts.models import KeptSheet
from portal.anchors.models import AnchorRecipient
from portal.erasure.models import Erasure
from portal.frameworks.models import Edition
from portal.people.actions.token import digest_of
from portal.people.first_administrator import make_key
from portal.people.models import ApiToken, Site, User
from portal.people.roles import Role
from portal.policy_library.actions.adopt_starter import adopt_starter
from portal.policy_library.models import Adoption
from portal.record.models import RecordCheck
from tests.architecture.tablets import tablet_cookies, tablet_with_a_locked_name
from tests.architecture.url_permissions import ROLES
from tests.evidence_review.assessments.claiming import a_statement
from tests.evidence_review.assessments.publishable import SAID
from tests.factories import (
    AssessmentFactory,
    EditionFactory,
    EvidenceFactory,
    MembershipFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    StandInFactory,
    VersionFactory,
)
from tests.portal.policies.making import QUIZ, draft, published, submit

CONTENT = b"Minutes of the meeting of 3 October, signed by everybody who was there."
OF_THE_SITE = "Fire drill 7431"
"""Stands in the title of every evidence of the first site, and nowhere else."""
OF_THE_DRAFT = "Using your own phone 8642"
"""The title of a policy that was never published."""
NOBODY = "nobody"
INSPECTORS = ("no session", "no code", "in", "signed out", "ended", "revoked", "unknown link")
"""In the order of the columns of the table."""


@dataclass
class House:
    """Things by name, and for each visitor what their browser or API client sends."""

    things: dict[str, object] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def path(self, address: str, visitor: str = NOBODY) -> str:
        """Put the things into an address: ``/evidence/{evidence}/``."""
        link = self.links.get(visitor, self.links["no session"])
        return address.format_map(self.things | {"link": link})

    def browser(self, visitor: str) -> Client:
        """Return a browser as the visitor left it."""
        client = Client()
        client.cookies.load(self.cookies.get(visitor, {}))
        return client

    def api_client(self, visitor: str) -> Client:
        """Return a client that sends the visitor's token."""
        if visitor not in self.tokens:
            return Client()
        return Client(headers={"Authorization": f"Bearer {self.tokens[visitor]}"})

    def body(self, name: str) -> Mapping[str, Any]:
        """Return what is sent with a POST; empty where the table asks for an empty form."""
        sha256, file = self.things["sha256"], SimpleUploadedFile("notes.txt", b"Notes of the day")
        reason = {"reason": "The date is missing."}
        decision = reason | {"outcome": "return"}
        question = "/assessment/{assessment}/{question}"
        bodies: dict[str, dict[str, Any]] = {
            "POST /account/": {"name": "nightly"},
            "POST /assessment/{head_office}/sites/same/": {"same_it": "yes", "release": "yes"},
            "POST /evidence/versions/{in_review}/withdraw/": reason,
            f"POST {question}/": {"revision": 0, "then": "next", "text": "Page 3."},
            f"POST {question}/evidence/": {"evidence": self.things["for_all"]},
            f"POST {question}/assign/": {"person": self.things["uploader"]},
            f"POST {question}/notes/": {"note": "Who has the key?"},
            "POST /assessment/{next_year}/roll-over/": {"edition": "year-after"},
            "POST /well-led/claims/{claim}/withdraw/": reason,
            "POST /admin/evidence/versions/{in_review}/withdraw/": reason,
            "POST /admin/evidence/versions/{in_review}/recall/": reason,
            "POST /admin/evidence/review/{in_review}/": decision | {"sha256_seen": sha256},
            "POST /api/v1/versions/{in_review}/decisions/": decision | {"sha256": sha256},
            "POST /api/v1/evidence/": {"title": "Notes", "site": "all", "file": file},
            "POST /api/v1/evidence/{evidence}/versions/": {"file": file},
        }
        return bodies.get(name, {})


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Build the house once for the tests of a module; each looks at it as it was built."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


def _build() -> House:
    house = House()
    rowan, larch = SiteFactory.create(name="Rowan (demo)"), SiteFactory.create(name="Larch (demo)")
    _put_evidence(house, rowan)
    _put_claim(house, rowan)
    _put_next_year(house, rowan)
    _put_plan(house, rowan)
    for role in ROLES:
        for standing, site in {"whole": None, "own": rowan, "other": larch}.items():
            _let_in(house, f"{role} {standing}", role, site)
        _let_in(house, f"{role} expired", role, None, until_yesterday=True)
        _let_in(house, f"{role} off", role, None, is_off=True)
    _put_policies(house)
    _put_meeting(house, rowan)
    _put_inspectors(house, rowan)
    _put_tablets(house, rowan)
    return house


def _draw_one_page(sha256: str) -> None:
    PagePictures.objects.create(
        sha256=sha256, made_by=RENDERER_VERSION, outcome=Outcome.DONE, pages=1, shown=1
    )
    keep_page(sha256, RENDERER_VERSION, 1, b"RIFF0000WEBP")


def _put_evidence(house: House, rowan: Site) -> None:
    requirement = RequirementFactory.create(edition__sections=[{"name": "Staffing and roles"}])

    def at_rowan(**state: Any) -> EvidenceVersion:
        evidence = EvidenceFactory.create(
            site=rowan, title=OF_THE_SITE, claim=OF_THE_SITE, requirements=[requirement]
        )
        version: EvidenceVersion = VersionFactory.create(evidence=evidence, **state)
        return version

    approved = at_rowan(approved=True, content=CONTENT)
    in_review = at_rowan(content=CONTENT)
    _draw_one_page(approved.sha256)
    nightly = ApiToken.objects.create(
        person=approved.uploaded_by, name="nightly", digest=digest_of("nightly")
    )
    carer = PersonFactory.create(role=Role.STAFF, site=rowan)
    house.things |= {
        "site": rowan.public_id,
        "person": carer.public_id,
        "membership": carer.memberships.get().pk,
        "newcomer": PersonFactory.create(password=None).public_id,
        "leaver": PersonFactory.create(is_active=False).public_id,
        "closed_site": SiteFactory.create(is_active=False).public_id,
        "edition": requirement.edition.code,
        "type": approved.evidence.type.code,
        "assessment": AssessmentFactory.create(site=rowan).public_id,
        "question": requirement.ref,
        "uploader": approved.uploaded_by.public_id,
        "evidence": approved.evidence.public_id,
        "approved": approved.public_id,
        "proposed": in_review.evidence.public_id,
        "in_review": in_review.public_id,
        "sha256": in_review.sha256,
        "failed": at_rowan(check_failed=True).public_id,
        "disposed": at_rowan(disposed=True).public_id,
        "hold": _held_at(rowan),
        "for_all": EvidenceFactory.create(site=None).public_id,
        "stand_in": StandInFactory.create().pk,
        "recipient": AnchorRecipient.objects.create(is_outside=True, named_by=carer).public_id,
        "token": nightly.pk,
        "first_key": make_key(),
        "people_sheet": _kept_sheet(KeptSheet.Kind.PEOPLE),
        "sites_sheet": _kept_sheet(KeptSheet.Kind.SITES),
        "named": _named_at(rowan),
    }


def _kept_sheet(kind: KeptSheet.Kind) -> str:
    """Keep a list that another administrator uploaded: theirs alone to see."""
    kept = KeptSheet.objects.create(
        kind=kind, person=PersonFactory.create(), file_name="list.xlsx", content={}
    )
    return kept.public_id


def _held_at(site: Site) -> str:
    """Hold everything of a site back from disposal."""
    lead = PersonFactory.create(role=Role.IG_LEAD)
    held = LegalHold.objects.create(scope="site", site=site, reason="A claim.", placed_by=lead)
    return held.public_id


def _named_at(site: Site) -> str:
    """Name somebody for a duty at a site."""
    named = NamedPerson.objects.create(
        duty=Duty.IT_ADMINISTRATOR,
        site=site,
        name="Pat Lowe (demo)",
        job_title="Technician",
        how_assigned="By contract",
        starts=timezone.localdate(),
    )
    return named.public_id


def _put_claim(house: House, rowan: Site) -> None:
    statement = a_statement()
    claim = StatementClaim(
        statement=statement,
        category=statement.edition.categories.get(),
        site=rowan,
        claim=OF_THE_SITE,
        owner=PersonFactory.create(role=Role.IG_LEAD),
    )
    # Without the action: the words would stand in the record, which administrators may read.
    claim.save()
    house.things |= {
        "statements": statement.edition.code,
        "statement": statement.ref,
        "claim": claim.public_id,
    }


def _put_plan(house: House, rowan: Site) -> None:
    """Let head office answer for the first site, and plan an action in the site's own."""
    assessment = Assessment.objects.get(public_id=house.things["assessment"])
    # Of another edition: in one, a site is either covered or answers for itself.
    edition = EditionFactory.create(code="of-head-office")
    RequirementFactory.create(edition=edition, ref=house.things["question"])
    head_office = AssessmentFactory.create(site=None, edition=edition)
    head_office.coverage.create(site=rowan)
    colleague = PersonFactory.create(role=Role.CONTRIBUTOR, site=rowan)
    action = ImprovementAction.objects.create(
        assessment=assessment,
        requirement=assessment.responses.all()[0].requirement,
        what="Write down who holds the keys.",
        owner=colleague,
        due=timezone.localdate(),
        created_by=colleague,
    )
    retally([assessment.pk])
    house.things |= {"head_office": head_office.public_id, "action": action.public_id}


def _put_next_year(house: House, rowan: Site) -> None:
    """Put in a publication, and the next year with a certificate and a way to the year after."""
    this_year = Assessment.objects.get(public_id=house.things["assessment"])
    publication = Publication.objects.create(
        assessment=this_year,
        level="met",
        level_name="Standards Met",
        answers_sha256="0" * 64,
        published_by=PersonFactory.create(role=Role.IG_LEAD),
    )
    # Without the action, as above.
    publication.answers.create(
        position=1, ref="1.1", section="All", question=OF_THE_SITE, standing="complete", answer=SAID
    )
    # Out of use, so that whoever has one assessment is still led straight to it.
    level = {"code": "exceeded", "name": "Exceeded", "certificate": "Plus"}
    edition = EditionFactory.create(code="next-year", levels=[level], in_use=False)
    asked = RequirementFactory.create(edition__code="year-after")
    asked.came_from.create(from_edition="next-year", from_ref="1.1")
    next_year = AssessmentFactory.create(edition=edition, site=rowan, carried_from=this_year)
    today = timezone.localdate()
    certificate = Certificate.objects.create(name="Plus", site=rowan, starts=today, ends=today)
    house.things |= {
        "publication": publication.public_id,
        "next_year": next_year.public_id,
        "certificate": certificate.pk,
    }


def _let_in(
    house: House,
    visitor: str,
    role: str,
    site: Site | None,
    *,
    until_yesterday: bool = False,
    is_off: bool = False,
) -> None:
    ends = timezone.localdate() - timedelta(days=1) if until_yesterday else None
    person = PersonFactory.create()
    MembershipFactory.create(person=person, role=Role(role), site=site, ends=ends)
    browser = Client()
    browser.force_login(person)
    house.cookies[visitor] = {settings.SESSION_COOKIE_NAME: browser.session.session_key or ""}
    house.tokens[visitor] = f"wk_{person.public_id}"
    ApiToken.objects.create(person=person, name="test", digest=digest_of(house.tokens[visitor]))
    if is_off:
        person.is_active = False
        person.save()


def _put_policies(house: House) -> None:
    editor, lead = PersonFactory.create(role=Role.EDITOR), PersonFactory.create(role=Role.IG_LEAD)
    policy = published("Keeping information safe", author=editor, approver=lead, quiz=QUIZ)
    never_published = draft(OF_THE_DRAFT, author=editor)
    adopt_starter("backup", actor=editor)
    house.things |= {
        "adoption": Adoption.objects.get().pk,
        "policies": policy.get_parent().pk,
        "policy": policy.pk,
        "policy_slug": policy.slug,
        "draft_slug": never_published.slug,
        "waiting_policy": submit(never_published, by=editor).pk,
    }


def _put_meeting(house: House, rowan: Site) -> None:
    """Let a policy have been read together at the first site."""
    sheet = VersionFactory.create(evidence=EvidenceFactory.create(site=rowan))
    meeting = Meeting.objects.create(
        site=rowan,
        held_on=timezone.localdate(),
        sheet=sheet.evidence,
        recorded_by=sheet.uploaded_by,
        key="of-the-house",
    )
    house.things["meeting"] = meeting.public_id


def _put_inspectors(house: House, rowan: Site) -> None:
    lead = PersonFactory.create(role=Role.IG_LEAD)
    edition = Edition.objects.get(code=house.things["edition"])
    for visitor in INSPECTORS[:-1]:
        now = timezone.now()
        invitation = Invitation(
            name="Kim Park (demo)",
            email="kim.park@cqc.example",
            starts=now - timedelta(days=3),
            ends=now + timedelta(days=14),
            sites=[rowan],
            editions=[edition],
        )
        access = grant_access(invitation, actor=lead)
        house.links[visitor] = access.link_key
        house.cookies[visitor] = _as_far_as(visitor, access, lead)
        if visitor == "in":
            house.things |= {"access": access.public_id, "event": 1} | _looked_back_on()
            pack = request_pack(Choice.of_access(access, with_files=True), actor=lead)
            house.things |= {"pack": pack.public_id, "look": _look_of(access)}
    house.links["unknown link"] = "A" * 43


def _look_of(access: InspectorAccess) -> int:
    """Let the inspector look at the summary; return the number of the event."""
    shown = page_now(access, Asked())
    if shown is None:
        raise LookupError("the summary of an open access is always there")
    facts = shown[0].facts
    return record_look(access.sessions.get(), "summary", facts, actor=access).seq


def _looked_back_on() -> dict[str, object]:
    """Leave a look at the record and an erasure behind; return their names."""
    now = timezone.now()
    check = RecordCheck.objects.create(event_id=1, started_at=now, ended_at=now, is_ok=True)
    erasure = Erasure.objects.create(
        kind="person",
        ref="gone",
        actor_ref="person:gone",
        reason="left",
        asked_by=PersonFactory(),
        until_seq=0,
        finished_at=now,
    )
    return {"check": check.pk, "erasure": erasure.public_id}


def _as_far_as(visitor: str, access: InspectorAccess, lead: User) -> dict[str, str]:
    """Take an inspector's browser so far; return its cookies."""
    if visitor == "no session":
        return {}
    asked = send_code(access, Asker(browser_key=None, address=""), actor=access)
    if visitor == "no code":
        return {"inspector-asked": asked}
    session = InspectorSession.objects.create(access=access, digest=digest_of_session(visitor))
    if visitor == "signed out":
        close_session(session, actor=access)
    elif visitor == "revoked":
        revoke_access(access, actor=lead)
    elif visitor == "ended":
        InspectorAccess.objects.filter(pk=access.pk).update(ends=timezone.now())
    return {"inspector-asked": asked, "inspector": visitor}


def _put_tablets(house: House, rowan: Site) -> None:
    manager = PersonFactory.create(role=Role.REGISTERED_MANAGER, site=rowan)
    carer = User.objects.get(public_id=house.things["person"])
    house.cookies |= tablet_cookies(rowan, manager)
    house.things["tablet"] = tablet_with_a_locked_name(rowan, manager, carer)
