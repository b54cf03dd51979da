"""Claims: who may make them, what fits together, and what they leave in the record."""

import pytest

from evidence_review.assessments.actions.claim import (
    ClaimChangedMeanwhile,
    ClaimDoesNotFit,
    change_claim,
    make_claim,
    withdraw_claim,
)
from evidence_review.assessments.claim_details import ClaimDetails
from evidence_review.assessments.queries.claims import revision_of, standing_claims
from portal.frameworks.models import Requirement
from portal.frameworks.states import AnswerKind
from portal.people.answers import NotPermitted
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.assessments.claiming import (
    CHANGED,
    SAID,
    a_statement,
    approved_evidence,
    claimed,
    cqc_edition,
    said,
)
from tests.factories import EvidenceFactory, PersonFactory, RequirementFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement() -> Requirement:
    return a_statement()


@pytest.fixture
def site() -> Site:
    return SiteFactory.create()


@pytest.fixture
def carer(site: Site) -> User:
    return PersonFactory.create(role=Role.CONTRIBUTOR, site=site)


def test_a_contributor_claims_something_of_their_site(
    statement: Requirement, site: Site, carer: User
) -> None:
    evidence = approved_evidence(site, statement)
    claim = claimed(statement, by=carer, site=site, evidence=[evidence])
    assert list(claim.evidence.all()) == [evidence]
    event = Event.objects.latest("seq")
    assert (event.verb, event.object) == (Verb.CLAIM_MADE, claim.record_ref)
    assert event.facts == {"statement": statement.code, "evidence": evidence.public_id}
    assert event.detail_data["said"]["The claim"] == SAID


def test_the_words_of_a_claim_can_be_erased_from_the_record(
    statement: Requirement, site: Site, carer: User
) -> None:
    claim = claimed(statement, by=carer, site=site)
    change_claim(
        claim, said(statement, carer, site=site, claim="Other words."),
        revision=revision_of(claim), actor=carer,
    )  # fmt: skip
    for event in Event.objects.filter(object_kind="claim"):
        assert SAID.encode() not in bytes(event.body)
        assert CHANGED.encode() not in bytes(event.body)


@pytest.mark.parametrize("role", [Role.STAFF, Role.GROUP_MANAGER, Role.EDITOR, Role.PORTAL_ADMIN])
def test_others_make_no_claims(statement: Requirement, role: Role) -> None:
    person = PersonFactory.create(role=role)
    with pytest.raises(NotPermitted):
        make_claim(statement, said(statement, person), actor=person)


def test_a_contributor_claims_nothing_of_another_site_nor_of_the_whole(
    statement: Requirement, carer: User
) -> None:
    for where in (SiteFactory.create(), None):
        with pytest.raises(NotPermitted):
            make_claim(statement, said(statement, carer, site=where), actor=carer)


def test_a_claim_cannot_be_moved_to_a_site_of_others(
    statement: Requirement, site: Site, carer: User
) -> None:
    claim = claimed(statement, by=carer, site=site)
    elsewhere = said(statement, carer, site=SiteFactory.create())
    with pytest.raises(NotPermitted):
        change_claim(claim, elsewhere, revision=revision_of(claim), actor=carer)


def test_only_statements_in_use_are_claimed_of(statement: Requirement) -> None:
    lead = PersonFactory.create(role=Role.IG_LEAD)
    written = RequirementFactory.create(answer_kind=AnswerKind.TEXT)
    retired = a_statement(statement.edition, is_retired=True)
    for other in (written, retired):
        with pytest.raises(ClaimDoesNotFit):
            claimed(other, by=lead)


def test_the_kind_of_evidence_is_one_of_the_edition(statement: Requirement) -> None:
    foreign = cqc_edition("other").categories.get()
    for kind in (foreign, None):
        with pytest.raises(ClaimDoesNotFit, match="kind of evidence"):
            claimed(statement, category=kind)


def test_an_edition_without_kinds_of_evidence_takes_claims_without_one() -> None:
    assert claimed(a_statement(cqc_edition("kloe", kinds=()))).category is None


def test_the_owner_is_somebody_who_works_with_evidence_there(
    statement: Requirement, site: Site, carer: User
) -> None:
    staff = PersonFactory.create(role=Role.STAFF, site=site)
    with pytest.raises(ClaimDoesNotFit, match="owner"):
        make_claim(statement, said(statement, staff, site=site), actor=carer)


def test_who_left_stays_the_owner_until_another_is_named(
    statement: Requirement, site: Site, carer: User
) -> None:
    claim = claimed(statement, by=carer, site=site)
    carer.memberships.all().delete()
    lead = PersonFactory.create(role=Role.IG_LEAD)
    changed = change_claim(
        claim, said(statement, User.objects.get(pk=carer.pk), site=site, claim="Said again."),
        revision=revision_of(claim), actor=lead,
    )  # fmt: skip
    assert (changed.claim, changed.owner) == ("Said again.", carer)


def test_evidence_of_another_site_is_no_evidence_of_a_claim(
    statement: Requirement, site: Site
) -> None:
    elsewhere = EvidenceFactory.create(title="Drill elsewhere")
    with pytest.raises(ClaimDoesNotFit, match="Drill elsewhere"):
        claimed(statement, site=site, evidence=[elsewhere])
    assert claimed(statement, site=None, evidence=[elsewhere]).evidence.count() == 1


def test_changing_nothing_writes_nothing(statement: Requirement) -> None:
    claim = claimed(statement)
    events, rows = Event.objects.count(), claim.history.count()
    change_claim(claim, ClaimDetails.of(claim), revision=0, actor=claim.owner)
    assert (Event.objects.count(), claim.history.count()) == (events, rows)


def test_a_change_is_recorded_with_what_it_was(statement: Requirement) -> None:
    claim = claimed(statement)
    details = said(statement, claim.owner, what_changed="Nobody has a tablet now.")
    change_claim(claim, details, revision=revision_of(claim), actor=claim.owner)
    event = Event.objects.latest("seq")
    assert event.verb == Verb.CLAIM_CHANGED
    assert event.detail_data["changes"] == {
        "What changed because of it": [CHANGED, "Nobody has a tablet now."]
    }
    assert claim.history.earliest().what_changed == CHANGED


def test_of_two_people_at_once_the_second_is_told(statement: Requirement, site: Site) -> None:
    claim = claimed(statement, site=site)
    begun, lead = revision_of(claim), claim.owner
    evidence = approved_evidence(site, statement)
    with_evidence = said(statement, lead, site=site, evidence=[evidence])
    change_claim(claim, with_evidence, revision=begun, actor=lead)
    with pytest.raises(ClaimChangedMeanwhile):
        change_claim(
            claim, said(statement, lead, site=site, claim="Mine."), revision=begun, actor=lead
        )
    claim.refresh_from_db()
    assert claim.claim == SAID


def test_a_withdrawn_claim_stays_and_cannot_be_changed(statement: Requirement) -> None:
    claim = claimed(statement)
    withdraw_claim(claim, reason="We do it otherwise.", actor=claim.owner)
    event = Event.objects.latest("seq")
    assert (event.verb, event.detail_data["reason"]) == (
        Verb.CLAIM_WITHDRAWN, "We do it otherwise.",
    )  # fmt: skip
    assert not standing_claims(claim.owner).exists()
    claim.refresh_from_db()
    for again in (
        lambda: withdraw_claim(claim, reason="Again.", actor=claim.owner),
        lambda: change_claim(
            claim, said(statement, claim.owner, claim="No."), revision=0, actor=claim.owner
        ),
    ):
        with pytest.raises(NotPermitted, match="withdrawn"):
            again()
