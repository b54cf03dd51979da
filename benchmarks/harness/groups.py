"""Groups of sites that each answer the whole DSPT, three pieces of evidence to every answer.

Rows are written in bulk and without events, but they are true rows: every version went through
review to a final approval by somebody who did not upload it, and standings and tallies are worked
out by the portal itself.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from evidence_review.assessments.actions.restate import restate
from evidence_review.assessments.levels import levels_of
from evidence_review.assessments.models import (
    AnswerEvidence,
    Assessment,
    DailyStanding,
    Response,
)
from evidence_review.evidence.models import (
    Evidence,
    EvidenceLink,
    EvidenceType,
    EvidenceVersion,
    GateReport,
)
from evidence_review.evidence.states import VersionState
from evidence_review.review.models import Decision
from evidence_review.scanning.models import Verdict
from portal.frameworks.models import Edition, Requirement
from portal.frameworks.queries import requirements_in_order
from portal.people.models import Membership, Organisation, Site, User
from portal.people.roles import Role

EDITION = "dspt-v8"
EVIDENCE_PER_ANSWER = 3
_SHA256 = hashlib.sha256(b"benchmark").hexdigest()
_PAST_DAYS = 90
_UNCONFIRMED = 9
"""Of so many answers, one is not confirmed."""


@dataclass(frozen=True)
class People:
    """Who acts in a group."""

    manager: User
    uploader: User
    lead: User


def people() -> People:
    """Return the people of a group, made the first time."""
    return People(
        person("manager", Role.GROUP_MANAGER),
        person("uploader", Role.CONTRIBUTOR),
        person("lead", Role.IG_LEAD),
    )


def person(name: str, role: Role, site: Site | None = None) -> User:
    """Return somebody with this name, made with this role the first time."""
    somebody, is_new = User.objects.get_or_create(
        email=f"{name}@demo.example", defaults={"first_name": name, "last_name": "(demo)"}
    )
    if is_new:
        starts = timezone.localdate() - timedelta(days=365)
        Membership.objects.create(person=somebody, role=role, site=site, starts=starts)
    return somebody


def grow_to(sites: int) -> None:
    """Bring the group up to so many sites, each with an answered assessment of its own."""
    if not Edition.objects.filter(code=EDITION).exists():
        call_command("load_catalogue", verbosity=0)
    Organisation.objects.get_or_create(name="Demo Care Group (demo)")
    bytes_are_clean()
    edition, who = Edition.objects.get(code=EDITION), people()
    requirements = list(requirements_in_order(edition))
    for number in range(Site.objects.count() + 1, sites + 1):
        _add_site(number, edition, requirements, who)


def bytes_are_clean() -> None:
    """Let the scanner have said that the one file of every version is clean."""
    Verdict.objects.get_or_create(
        sha256=_SHA256,
        defaults={
            "verdict": Verdict.Value.CLEAN,
            "engine": "none",
            "signature_version": "0",
            "gate_version": "1",
            "cause": Verdict.Cause.FIRST,
        },
    )


@transaction.atomic
def _add_site(
    number: int, edition: Edition, requirements: Sequence[Requirement], who: People
) -> None:
    site = Site.objects.create(
        organisation=Organisation.objects.get(), name=f"Site {number:03} (demo)"
    )
    (assessment,) = Assessment.objects.bulk_create(
        [Assessment(edition=edition, site=site, started_by=who.lead)]
    )
    now = timezone.now()
    responses = Response.objects.bulk_create(
        _answer(assessment, requirement, at, number, who)
        for at, requirement in enumerate(requirements)
    )
    evidence = Evidence.objects.bulk_create(_evidence(site, responses, number, who))
    approve_all(evidence, who)
    pairs = [(one, responses[at // EVIDENCE_PER_ANSWER]) for at, one in enumerate(evidence)]
    EvidenceLink.objects.bulk_create(
        EvidenceLink(evidence=one, requirement_id=answer.requirement_id, added_by=who.uploader)
        for one, answer in pairs
    )
    AnswerEvidence.objects.bulk_create(
        AnswerEvidence(response=answer, evidence=one, added_by=who.uploader, added_at=now)
        for one, answer in pairs
    )
    restate([one.pk for one in responses])
    DailyStanding.objects.bulk_create(_past(assessment))


def _answer(
    assessment: Assessment, requirement: Requirement, at: int, number: int, who: People
) -> Response:
    now = timezone.now()
    confirmed = (at + number) % _UNCONFIRMED != 0 or number % 2 == 0
    return Response(
        assessment=assessment,
        requirement=requirement,
        tick=True,
        text="Section 4.2 of our policy, approved by the board on 3 October 2026.",
        revision=1,
        answered_by=who.uploader,
        answered_at=now,
        confirmed_by=who.uploader if confirmed else None,
        confirmed_at=now if confirmed else None,
    )


def _evidence(
    site: Site, responses: Sequence[Response], number: int, who: People
) -> Iterator[Evidence]:
    kind = EvidenceType.objects.get(code="document")
    today = timezone.localdate()
    for at in range(len(responses) * EVIDENCE_PER_ANSWER):
        yield Evidence(
            title=f"Demo evidence {number:03}-{at:03}",
            type=kind,
            site=site,
            owner=who.uploader,
            created_by=who.uploader,
            period_end=today,
            review_date=_review_date(today, number * 1_000 + at),
        )


def _review_date(today: date, seed: int) -> date | None:
    """Return a day in the next two years for two of three, and none for the third."""
    return today + timedelta(days=20 + seed * 37 % 700) if seed % 3 else None


def approve_all(evidence: Sequence[Evidence], who: People) -> None:
    """Give each evidence a first version that was reviewed and approved."""
    now = timezone.now()
    versions = EvidenceVersion.objects.bulk_create(
        EvidenceVersion(
            evidence=one,
            number=1,
            sha256=_SHA256,
            size=1_000,
            media_type="application/pdf",
            extension="pdf",
            original_name="demo.pdf",
            uploaded_by=who.uploader,
            uploaded_at=now,
            state=VersionState.IN_REVIEW,
            state_since=now,
        )
        for one in evidence
    )
    GateReport.objects.bulk_create(
        GateReport(version=one, outcome=GateReport.Outcome.ACCEPTED, gate_version="1")
        for one in versions
    )
    Decision.objects.bulk_create(
        Decision(
            version=one,
            outcome=Decision.Outcome.APPROVE,
            decider=who.lead,
            sha256=_SHA256,
            is_final=True,
        )
        for one in versions
    )
    EvidenceVersion.objects.filter(pk__in=[one.pk for one in versions]).update(
        state=VersionState.APPROVED
    )


def _past(assessment: Assessment) -> Iterator[DailyStanding]:
    today, level = timezone.localdate(), levels_of(assessment.edition.levels)[0].code
    for back in range(_PAST_DAYS):
        yield DailyStanding(
            assessment=assessment,
            day=today - timedelta(days=back),
            needed=45,
            complete=max(40 - back // 3, 0),
            in_progress=5,
            complete_on_deadline=20,
            level=level,
            level_on_deadline="",
        )
