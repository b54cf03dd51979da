"""Yesterday's page says what yesterday's page said, whatever happened since."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from evidence_review.assessments.actions.claim import change_claim, withdraw_claim
from evidence_review.assessments.claim_details import ClaimDetails
from evidence_review.assessments.models import StatementClaim
from evidence_review.assessments.queries.claims import revision_of
from evidence_review.evidence.actions.change_details import (
    link_requirements,
    unlink_requirements,
)
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.pages import Asked
from evidence_review.inspection.past import ChapterThen, Scope, approved_at, chapters_at
from evidence_review.inspection.summary import Today, for_printing
from evidence_review.inspection.views.sheets import page_now, page_then
from evidence_review.review.actions.withdraw import withdraw
from evidence_review.scanning.actions.recall import recall
from portal.chrome.past import Past
from portal.frameworks.models import Requirement
from portal.people.actions.person import PersonDetails, change_person
from portal.people.actions.place import change_site
from portal.people.models import Site, User
from portal.record.erasing import erase_details
from portal.record.models import Event
from portal.record.moments import Moment, moment_now, moment_of
from portal.record.verbs import Verb
from tests.evidence_review.assessments.claiming import a_statement, claimed
from tests.evidence_review.inspection.conftest import GiveAccess
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.scanning import doubles
from tests.factories import RequirementFactory, VerdictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def living(settings: Settings, db: None) -> Living:
    """People who do things."""
    settings.SCANNER = doubles.CLEAN
    return Living()


EVERYTHING = Scope(editions=("test-edition", "statements"))


def titles(scope: Scope, moment: Moment | None = None) -> list[str]:
    return [one.title for one in approved_at(scope, moment or moment_now())]


def test_what_was_approved_says_who_when_and_by_which_events(
    living: Living, site: Site, requirement: Requirement
) -> None:
    version = living.approved("Fire drill", site, requirement)

    (one,) = approved_at(EVERYTHING, moment_now())

    assert (one.ref, one.title, one.site) == (
        version.evidence.public_id,
        "Fire drill",
        "Rowan House (demo)",
    )
    assert one.owner == "Una Upload (demo), Administrator"
    assert one.approved_by == "Grace Adeyemi (demo), IG lead"
    assert one.requirements == (requirement.code,)
    assert (one.sha256, one.size, one.number) == (version.sha256, version.size, 1)
    assert one.events == (2, 3, 4)


def test_each_day_says_what_it_said(
    living: Living, site: Site, requirement: Requirement, give_access: GiveAccess
) -> None:
    """A whole life, with the page of each step kept beside what is rebuilt of it at the end."""
    statement = a_statement()
    other = RequirementFactory.create(ref="WL6", section="Well-led")
    access = give_access(actor=living.lead, editions=[requirement.edition, statement.edition])
    scope = Scope.of_access(access)
    version = living.approved("Fire drill", site, requirement)
    evidence = version.evidence
    newer: list[EvidenceVersion] = []
    claims: list[StatementClaim] = []

    def claim_it() -> None:
        claims.append(claimed(statement, by=living.lead, evidence=[evidence], site=site))

    def reword() -> None:
        claim = StatementClaim.objects.get(pk=claims[0].pk)
        details = replace(ClaimDetails.of(claim), claim="We check it every week.")
        change_claim(claim, details, revision=revision_of(claim), actor=living.lead)

    steps: list[Callable[[], object]] = [
        lambda: living.correct(evidence, title="Fire drill, May", claim="Everybody was out."),
        lambda: link_requirements(evidence, [other], actor=living.corrector),
        lambda: living.approved("Whole organisation", None, other),
        lambda: change_site(site, {"name": "Rowan Court (demo)"}, actor=living.admin),
        lambda: newer.append(living.replace(evidence)),
        claim_it,
        lambda: living.approve(newer[0]),
        reword,
        lambda: unlink_requirements(evidence, [requirement], actor=living.corrector),
        lambda: rename(living, living.uploader, "Una", "Married (demo)"),
        lambda: living.correct(evidence, site=None),
        lambda: withdraw_claim(claims[0], reason="No longer so.", actor=living.lead),
        lambda: link_requirements(evidence, [requirement], actor=living.corrector),
        lambda: recall(newer[0].public_id, actor=living.lead, reason="It names a resident."),
        lambda: withdraw(approved_version("Whole organisation"), actor=living.lead, reason="Old."),
    ]
    pages = []
    for step in steps:
        step()
        past = Past(timezone.now(), moment_now())
        pages.append((past, shown_today(access), chapters_at(scope, past.moment), sheets(access)))

    assert len({str(page) for _, page, _, _ in pages}) > len(steps) - 4
    for number, (past, today, as_rebuilt_then, shown) in enumerate(pages):
        rebuilt = chapters_at(scope, past.moment)
        assert as_page(rebuilt) == today, f"step {number}"
        assert rebuilt == as_rebuilt_then, f"step {number}"
        assert sheets(access, past) == shown, f"step {number}"


def sheets(access: InspectorAccess, past: Past | None = None) -> list[object]:
    """Return what is on the pages of a summary, as they stand or as they were."""
    found: list[object] = []
    for asked in (Asked(), Asked(to_print=True), Asked("test-edition:WL5", show_all=True)):
        page = page_then(access, asked, past, for_staff=True) if past else page_now(access, asked)
        assert page is not None
        found.append(page[0].facts)
    return found


def approved_version(title: str) -> str:
    return EvidenceVersion.objects.get(evidence__title=title, state="approved").public_id


def rename(living: Living, person: User, first: str, last: str) -> None:
    details = PersonDetails(
        first_name=first, last_name=last, email=person.email or "", job_title=person.job_title
    )
    change_person(person, details, actor=living.admin)


def shown_today(access: InspectorAccess) -> object:
    """Return the facts of the page that an inspector prints now, by the queries of today."""
    chapters, _ = for_printing(Today(access))
    return [
        [
            (
                part.key,
                sorted(version_facts(one) for one in part.versions),
                [
                    (
                        said.claim.claim,
                        str(said.claim.site or ""),
                        said.claim.owner.actor_label,
                        sorted(version_facts(one) for one in said.versions),
                    )
                    for said in part.claims
                ],
            )
            for part in chapter.parts
        ]
        for chapter in chapters
    ]


def version_facts(version: EvidenceVersion) -> tuple[object, ...]:
    evidence = version.evidence
    return (
        evidence.title,
        evidence.claim,
        str(evidence.site or ""),
        evidence.owner.actor_label,
        version.number,
        version.sha256,
        version.public_id,
    )


def as_page(chapters: list[ChapterThen]) -> object:
    """Return what was rebuilt in the form of ``shown_today``."""
    every = {
        one.ref: one for chapter in chapters for part in chapter.parts for one in part.evidence
    }

    def facts(ref: str) -> tuple[object, ...]:
        one = every[ref]
        return (
            one.title, one.claim, one.site, one.owner, one.number, one.sha256,
            one.version_public_id,
        )  # fmt: skip

    return [
        [
            (
                part.code,
                sorted(
                    facts(one.ref)
                    for one in part.evidence
                    if not any(one.ref in claim.evidence for claim in part.claims)
                ),
                [
                    (claim.text, claim.site, claim.owner, sorted(map(facts, claim.evidence)))
                    for claim in part.claims
                ],
            )
            for part in chapter.parts
        ]
        for chapter in chapters
    ]


def test_the_number_of_queries_does_not_grow_with_the_evidence(
    living: Living, site: Site, requirement: Requirement
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            chapters_at(EVERYTHING, moment_now())
        return len(captured)

    first = living.approved("One", site, requirement)
    claimed(a_statement(), by=living.lead, evidence=[first.evidence])
    few = queries()
    for number in range(4):
        living.approved(f"More {number}", None, requirement)
    living.correct(first.evidence, title="One, corrected")

    assert queries() == few <= 24


def test_a_scope_narrows_by_site_statement_and_day_of_approval(
    living: Living, site: Site, other_site: Site, requirement: Requirement
) -> None:
    other = RequirementFactory.create(ref="WL6")
    living.approved("Here", site, requirement, other)
    living.approved("There", other_site, requirement)
    living.approved("Everywhere", None, other)
    today = timezone.localdate()

    assert titles(Scope(editions=("test-edition",))) == ["Everywhere", "Here", "There"]
    assert titles(replace(EVERYTHING, sites=(site.public_id,))) == ["Everywhere", "Here"]
    (here,) = approved_at(
        replace(EVERYTHING, sites=(site.public_id,), statements=(requirement.code,)), moment_now()
    )
    assert (here.title, here.requirements) == ("Here", (requirement.code,))
    assert len(titles(replace(EVERYTHING, approved_from=today, approved_to=today))) == 3
    assert titles(replace(EVERYTHING, approved_from=today + timedelta(days=1))) == []
    assert titles(replace(EVERYTHING, approved_to=today - timedelta(days=1))) == []
    assert titles(Scope(editions=("no-such-edition",))) == []


def test_a_file_that_turned_out_infected_is_listed_as_it_was(
    living: Living, site: Site, requirement: Requirement
) -> None:
    version = living.approved("Fire drill", site, requirement)
    clean = moment_now()
    VerdictFactory.create(sha256=version.sha256, found_later=True)
    living.approved("Later", site, requirement)

    assert titles(EVERYTHING, clean) == ["Fire drill"]
    assert titles(EVERYTHING) == ["Later"]


def test_before_the_record_began_there_was_nothing(
    living: Living, site: Site, requirement: Requirement
) -> None:
    living.approved("Fire drill", site, requirement)

    assert titles(EVERYTHING, moment_of(0)) == []
    assert all(
        not part.evidence for one in chapters_at(EVERYTHING, moment_of(0)) for part in one.parts
    )


def test_where_details_were_erased_the_approver_is_not_left_blank(
    living: Living, site: Site, requirement: Requirement
) -> None:
    living.approved("Fire drill", site, requirement)
    seq = Event.objects.get(verb=Verb.VERSION_APPROVED).seq
    with transaction.atomic():
        erase_details([seq], Event.objects.get(pk=seq).object, actor=living.admin)

    assert approved_at(EVERYTHING, moment_now())[0].approved_by == "details erased"
