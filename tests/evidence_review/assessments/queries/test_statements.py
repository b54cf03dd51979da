"""What is counted of claims, what speaks to a statement, and what each person sees of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.claim import withdraw_claim
from evidence_review.assessments.queries.claims import (
    IS_SHOWN,
    evidence_to_choose,
    possible_owners,
    standing_claims,
)
from evidence_review.assessments.queries.crosswalk import (
    Speaking,
    evidence_for,
    sisters_of,
    speaking_to,
    tied_through,
)
from evidence_review.assessments.queries.statements import (
    claimed_editions,
    counted,
    statements_of,
)
from portal.frameworks.models import Crosswalk, Requirement
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.assessments.claiming import (
    a_statement,
    approved_evidence,
    claimed,
    cqc_edition,
)
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
    answered,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement() -> Requirement:
    return a_statement(cqc_edition(kinds=("staff", "outcomes")))


@pytest.fixture
def lead() -> User:
    return PersonFactory.create(role=Role.IG_LEAD)


def speaks(source: Requirement, target: Requirement, note: str = "It helps.") -> None:
    Crosswalk.objects.create(source=source, target=target, note=note)


def what_speaks(statement: Requirement, person: User, today: date | None = None) -> list[Speaking]:
    sisters = sisters_of(statement)
    return speaking_to(statement, sisters, person, today or timezone.localdate())


def test_editions_without_claims_are_not_offered(statement: Requirement) -> None:
    RequirementFactory.create()
    retired = a_statement(cqc_edition("old"), is_retired=True)
    assert list(claimed_editions()) == [statement.edition]
    assert list(statements_of(statement.edition)) == [statement]
    assert not statements_of(retired.edition)


def test_every_kind_of_evidence_is_counted_also_what_is_missing(
    statement: Requirement, lead: User
) -> None:
    site = SiteFactory.create()
    claimed(statement, site=site, evidence=[approved_evidence(site)])
    claimed(statement, site=site)
    withdraw_claim(claimed(statement), reason="No.", actor=lead)
    (row,) = counted([statement], lead)
    assert [(one.claims, one.shown, one.look.label) for one in row.categories] == [
        (2, 1, "Shown"),
        (0, 0, "Nothing yet"),
    ]


def test_an_edition_without_kinds_counts_its_claims(lead: User) -> None:
    statement = a_statement(cqc_edition("kloe", kinds=()))
    assert counted([statement], lead)[0].categories[0].look.label == "Nothing yet"
    claimed(statement)
    (row,) = counted([statement], lead)
    assert [(one.category, one.claims) for one in row.categories] == [(None, 1)]
    assert row.categories[0].look.label == "Not shown yet"


def test_each_sees_the_claims_of_their_sites_and_of_the_whole(statement: Requirement) -> None:
    site = SiteFactory.create()
    here, whole = claimed(statement, site=site), claimed(statement)
    claimed(statement, site=SiteFactory.create())
    carer = PersonFactory.create(role=Role.CONTRIBUTOR, site=site)
    assert set(standing_claims(carer)) == {here, whole}
    assert not standing_claims(PersonFactory.create(role=Role.STAFF, site=site))
    assert counted([statement], carer, site)[0].categories[0].claims == 2


def test_a_claim_is_shown_when_it_has_evidence_and_all_of_it_is_approved(
    statement: Requirement, lead: User
) -> None:
    good = approved_evidence(None)
    newer = approved_evidence(None)
    VersionFactory.create(evidence=newer)
    waiting = EvidenceFactory.create(site=None)
    VersionFactory.create(evidence=waiting, waiting=True)
    with_all = claimed(statement, evidence=[good, newer])
    claimed(statement, evidence=[good, waiting])
    claimed(statement)
    assert list(standing_claims(lead).filter(IS_SHOWN)) == [with_all]


def test_a_requirement_of_another_framework_speaks_with_its_standing(
    statement: Requirement, lead: User
) -> None:
    requirement = RequirementFactory.create(edition__in_use=True, levels=["met"])
    speaks(requirement, statement, "Acts on what it finds.")
    (alone,) = what_speaks(statement, lead)
    assert (alone.requirement, alone.why, alone.look) == (
        requirement,
        ["Acts on what it finds."],
        None,
    )
    first = AssessmentFactory.create(edition=requirement.edition)
    (one,) = what_speaks(statement, lead)
    assert one.look
    assert (one.look.label, one.question) == ("Not started", first.public_id)
    answered(first.responses.get())
    (one,) = what_speaks(statement, lead)
    assert one.look
    assert one.look.label == "Complete"
    AssessmentFactory.create(edition=requirement.edition)
    (one,) = what_speaks(statement, lead)
    assert one.look
    assert (one.look.label, one.complete, one.assessments) == ("In progress", 1, 2)
    assert one.question == ""


def test_what_has_lapsed_is_not_complete(statement: Requirement, lead: User) -> None:
    requirement = RequirementFactory.create(levels=["met"], freshness_months=12)
    speaks(requirement, statement)
    assessment = AssessmentFactory.create(edition=requirement.edition)
    evidence = approved_evidence(assessment.site)
    answered(assessment.responses.get(), evidence=[evidence])
    (one,) = what_speaks(statement, lead, timezone.localdate() + timedelta(days=800))
    assert one.look
    assert one.look.label == "In progress"


def test_standing_counts_only_the_assessments_a_person_may_see(statement: Requirement) -> None:
    requirement = RequirementFactory.create(levels=["met"])
    speaks(requirement, statement)
    assessment = AssessmentFactory.create(edition=requirement.edition)
    AssessmentFactory.create(edition=requirement.edition)
    carer = PersonFactory.create(role=Role.CONTRIBUTOR, site=assessment.site)
    (one,) = what_speaks(statement, carer)
    assert one.assessments == 1


def test_a_kloe_is_spoken_to_by_way_of_the_statement_that_took_its_place(
    statement: Requirement, lead: User
) -> None:
    kloe = a_statement(cqc_edition("kloe", kinds=()), title="Governance and risk")
    requirement = RequirementFactory.create()
    speaks(kloe, statement)
    speaks(requirement, statement, "Checks.")
    assert sisters_of(kloe) == [statement]
    assert sisters_of(statement) == [kloe]
    (one,) = what_speaks(kloe, lead)
    assert (one.requirement, one.why) == (requirement, ["By way of Governance: Checks."])
    assert [found.requirement for found in what_speaks(statement, lead)] == [requirement]


def test_evidence_speaks_directly_or_through_the_crosswalk(
    statement: Requirement, lead: User
) -> None:
    requirement = RequirementFactory.create()
    both = EvidenceFactory.create(requirements=[requirement, statement])
    through = EvidenceFactory.create(requirements=[requirement])
    direct = EvidenceFactory.create(requirements=[statement])
    EvidenceFactory.create(requirements=[RequirementFactory.create()])
    found = list(evidence_for(statement, [requirement], lead))
    assert found == [direct, both, through]
    assert [vars(one)["is_direct"] for one in found] == [True, True, False]
    assert tied_through(found, [requirement]) == {
        both.pk: [requirement],
        through.pk: [requirement],
    }
    carer = PersonFactory.create(role=Role.CONTRIBUTOR, site=through.site)
    assert list(evidence_for(statement, [requirement], carer)) == [through]


def test_a_form_offers_the_newest_evidence_and_what_the_claim_has(
    statement: Requirement, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence_review.assessments.queries.claims.OFFERED", 1)
    site = SiteFactory.create()
    held, named, newest = (
        EvidenceFactory.create(site=site, requirements=[statement]) for _ in range(3)
    )
    EvidenceFactory.create(requirements=[statement])
    claim = claimed(statement, site=site, evidence=[held])
    offered = evidence_to_choose(
        statement, [], lead, site=site, held=claim, named={named.public_id}
    )
    assert offered[0] == newest
    assert set(offered[1:]) == {held, named}


def test_owners_are_those_who_work_with_evidence_where_the_person_does(
    statement: Requirement,
) -> None:
    site = SiteFactory.create()
    carer = PersonFactory.create(role=Role.CONTRIBUTOR, site=site)
    manager = PersonFactory.create(role=Role.REGISTERED_MANAGER, site=site)
    lead = PersonFactory.create(role=Role.IG_LEAD)
    PersonFactory.create(role=Role.STAFF, site=site)
    PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create())
    PersonFactory.create(role=Role.CONTRIBUTOR, site=site, is_active=False)
    assert set(possible_owners(carer)) == {carer, manager, lead}
    claim = claimed(statement, by=carer, site=site)
    carer.memberships.all().delete()
    assert carer in possible_owners(lead, claim)
