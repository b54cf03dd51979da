"""The well-led pages, as people of several roles meet them."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence_review.assessments.models import StatementClaim
from portal.frameworks.models import Crosswalk, Requirement
from portal.people.models import Site, User
from portal.people.roles import Role
from tests.evidence_review.assessments.claiming import (
    CHANGED,
    SAID,
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
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement() -> Requirement:
    return a_statement(cqc_edition(kinds=("staff", "outcomes")))


@pytest.fixture
def site() -> Site:
    return SiteFactory.create(name="Rowan House (demo)")


@pytest.fixture
def carer(site: Site) -> User:
    return PersonFactory.create(role=Role.CONTRIBUTOR, site=site)


@pytest.fixture
def signed_in(client: Client, carer: User) -> Client:
    client.force_login(carer)
    return client


def text_of(answer: Any) -> str:
    """Return a page as a person reads it."""
    bare = re.sub(r"<[^>]*>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(bare))


def read(client: Client, name: str, *args: str, query: str = "") -> str:
    """Return the text of one of the pages."""
    answer = client.get(reverse(f"well_led:{name}", args=args) + query)
    assert answer.status_code == 200
    return text_of(answer)


def of(statement: Requirement) -> tuple[str, str]:
    return statement.edition.code, statement.ref


def form(statement: Requirement, owner: User, site: Site, **more: Any) -> dict[str, Any]:
    category = statement.edition.categories.first()
    return {
        "claim": SAID,
        "what_changed": CHANGED,
        "category": category.pk if category else "",
        "site": site.public_id,
        "owner": owner.pk,
        "revision": 0,
    } | more


def test_the_list_counts_claims_by_kind_and_says_what_is_missing(
    signed_in: Client, statement: Requirement, site: Site
) -> None:
    claimed(statement, site=site)
    said = read(signed_in, "statements")
    assert "Statement Staff Outcomes Governance" in said
    assert "Staff 1 claim 1 not shown yet Outcomes Nothing yet" in said


def test_another_edition_is_used_beside_the_first(
    signed_in: Client, statement: Requirement
) -> None:
    kloe = a_statement(cqc_edition("kloe", kinds=()), title="Governance and risk")
    assert "Edition kloe" in read(signed_in, "statements")
    said = read(signed_in, "edition", "kloe")
    assert "Governance and risk Claims Nothing yet" in said
    Crosswalk.objects.create(source=kloe, target=statement)
    approved_evidence(None, statement, title="Minutes")
    said = read(signed_in, "statement", *of(kloe))
    assert "The same matter in other editions: Governance ." in said
    assert f"Minutes Approved Through {statement.ref} Governance" in said
    assert "Minutes" in read(signed_in, "add", *of(kloe))


def test_without_an_edition_of_statements_the_page_says_what_would_be_there(
    signed_in: Client,
) -> None:
    assert "There are no statements to claim anything of." in read(signed_in, "statements")


def test_a_statement_without_anything_says_how_to_begin(
    signed_in: Client, statement: Requirement
) -> None:
    said = read(signed_in, "statement", *of(statement))
    assert "Nobody has claimed anything of this yet." in said
    assert "The crosswalk names nothing of another framework that speaks to this." in said
    assert "There is no evidence yet" in said


def test_a_statement_shows_claims_what_speaks_to_it_and_the_evidence_behind_that(
    signed_in: Client, statement: Requirement, site: Site
) -> None:
    requirement = RequirementFactory.create(title="Spot checks")
    Crosswalk.objects.create(source=requirement, target=statement, note="Acts on the checks.")
    AssessmentFactory.create(edition=requirement.edition, site=site)
    approved_evidence(site, statement, title="Minutes")
    approved_evidence(site, requirement, title="Checklist")
    claimed(statement, site=site)
    said = read(signed_in, "statement", *of(statement))
    assert f"{SAID} Not shown yet" in said
    assert f"What changed because of it: {CHANGED}" in said
    assert "Acts on the checks. How it stands Not started" in said
    assert "Minutes Approved Tied to this statement" in said
    assert f"Checklist Approved Through {requirement.ref} Spot checks" in said


def test_people_see_nothing_of_other_sites(signed_in: Client, statement: Requirement) -> None:
    elsewhere = SiteFactory.create()
    claim = claimed(statement, site=elsewhere, claim="Secret of Larch.")
    assert "Secret of Larch" not in read(signed_in, "statement", *of(statement))
    for name in ("claim", "change", "withdraw"):
        assert signed_in.get(reverse(f"well_led:{name}", args=[claim.public_id])).status_code == 404


def test_evidence_of_a_site_that_the_reader_does_not_work_with_stays_hidden(
    signed_in: Client, statement: Requirement
) -> None:
    hidden = approved_evidence(SiteFactory.create(), statement, title="Larch only")
    claim = claimed(statement, evidence=[hidden])
    assert "Larch only" not in read(signed_in, "statement", *of(statement))
    assert "Larch only" not in read(signed_in, "claim", claim.public_id)


def test_a_contributor_makes_changes_and_withdraws_a_claim(
    signed_in: Client, carer: User, statement: Requirement, site: Site
) -> None:
    evidence = approved_evidence(site, statement, title="Minutes")
    address = reverse("well_led:add", args=of(statement))
    assert "Never write the name of a person you support" in text_of(signed_in.get(address))
    sent = form(statement, carer, site, evidence=[evidence.public_id])
    said = text_of(signed_in.post(address, sent, follow=True))
    assert "The claim is kept." in said
    assert "Inspectors do not see this yet" not in said
    claim = StatementClaim.objects.get()

    address = reverse("well_led:change", args=[claim.public_id])
    began = signed_in.get(address).context["form"].initial
    assert began["evidence"] == [evidence.public_id]
    sent = form(statement, carer, site, claim="Said anew.", revision=began["revision"])
    said = text_of(signed_in.post(address, sent, follow=True))
    assert "The claim: “We check every month that records are locked away.” became" in said
    assert "Inspectors do not see this yet." in said

    address = reverse("well_led:withdraw", args=[claim.public_id])
    assert "Enter the reason" in text_of(signed_in.post(address, {}))
    said = text_of(signed_in.post(address, {"reason": "No longer so."}, follow=True))
    assert "Withdrawn on" in said
    assert "No longer so." in said
    assert signed_in.get(address).status_code == 403


def test_what_was_typed_comes_back_with_the_reason(
    signed_in: Client, carer: User, statement: Requirement, site: Site
) -> None:
    claim = claimed(statement, by=carer, site=site)
    address = reverse("well_led:change", args=[claim.public_id])
    answer = signed_in.post(address, form(statement, carer, site, claim="Mine.", revision=0))
    assert answer.status_code == 400
    assert "Somebody else changed this claim while you were writing." in text_of(answer)
    assert "Mine." in text_of(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"claim": ""},
        {"claim": "x" * 301},
        {"claim": "a\x00b"},
        {"what_changed": "x" * 501},
        {"category": "999999"},
        {"category": "x"},
        {"site": "all"},
        {"site": "nowhere"},
        {"owner": "0"},
        {"owner": "9" * 40},
        {"evidence": ["unknown"]},
        {"evidence": ["\x00"]},
        {"revision": "-1"},
        {"revision": "9" * 30},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    signed_in: Client, carer: User, statement: Requirement, site: Site, wrong: dict[str, Any]
) -> None:
    address = reverse("well_led:add", args=of(statement))
    answer = signed_in.post(address, form(statement, carer, site) | wrong)
    assert answer.status_code == 400
    assert not StatementClaim.objects.exists()


@pytest.mark.parametrize("query", ["?page=x", "?page=99", "?evidence=-1", "?site=%00", "?site=x"])
def test_addresses_that_make_no_sense_give_a_page(
    signed_in: Client, statement: Requirement, query: str
) -> None:
    for name in ("statement", "add"):
        read(signed_in, name, *of(statement), query=query)
    for address in ("/well-led/none/", "/well-led/statements/%00/", "/well-led/none/x/claims/add/"):
        assert signed_in.get(address).status_code == 404


def test_group_managers_read_and_do_not_claim(client: Client, statement: Requirement) -> None:
    client.force_login(PersonFactory.create(role=Role.GROUP_MANAGER))
    claim = claimed(statement)
    assert "You may not make claims." in read(client, "statement", *of(statement))
    assert "Change this claim" not in read(client, "claim", claim.public_id)


def test_one_site_can_be_looked_at_alone(client: Client, statement: Requirement) -> None:
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))
    here, there = SiteFactory.create(), SiteFactory.create()
    claimed(statement, site=here, claim="Said here.")
    claimed(statement, site=there, claim="Said there.")
    claimed(statement, claim="Said of all.")
    said = read(client, "statement", *of(statement), query=f"?site={here.public_id}")
    assert "Said here." in said
    assert "Said of all." in said
    assert "Said there." not in said


def _queries(client: Client, *address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        read(client, *address)
    return len(asked)


def test_the_number_of_queries_does_not_grow(client: Client, statement: Requirement) -> None:
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))

    def more() -> None:
        site = SiteFactory.create()
        requirement = RequirementFactory.create()
        Crosswalk.objects.create(source=requirement, target=statement)
        evidence = EvidenceFactory.create(site=site, requirements=[statement, requirement])
        VersionFactory.create(evidence=evidence, approved=True)
        claimed(statement, site=site, evidence=[evidence])
        a_statement(statement.edition)

    more()
    pages = [("statements",), ("statement", *of(statement)), ("add", *of(statement))]
    read(client, "statements")  # The first page of all fills the caches.
    few = [_queries(client, *page) for page in pages]
    for _ in range(4):
        more()
    assert [_queries(client, *page) for page in pages] == few
    assert max(few) <= 20
