"""Claims in the summary: what an inspector reads of them, and which of them they never see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence_review.assessments.actions.claim import withdraw_claim
from evidence_review.assessments.models import StatementClaim
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.inspection import summary
from evidence_review.inspection.models import InspectorAccess
from portal.frameworks.models import Requirement
from portal.people.models import Site, User
from portal.people.roles import Role
from tests.evidence_review.assessments.claiming import (
    CHANGED,
    SAID,
    a_statement,
    claimed,
    cqc_edition,
)
from tests.evidence_review.inspection.conftest import Enter, GiveAccess, page, text_of
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    VerdictFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement() -> Requirement:
    return a_statement(cqc_edition(), ref="WL7", title="Learning")


@pytest.fixture
def access(give_access: GiveAccess, statement: Requirement) -> InspectorAccess:
    return give_access(editions=[statement.edition])


def a_version(site: Site | None, **state: Any) -> EvidenceVersion:
    """Make evidence that is tied to nothing, with one version."""
    evidence = EvidenceFactory.create(site=site, title="Near misses")
    return VersionFactory.create(evidence=evidence, **state or {"approved": True, "stored": True})


Claims = Callable[..., StatementClaim]


@pytest.fixture
def claim(statement: Requirement, site: Site) -> Claims:
    """Make a claim of the site with approved evidence, unless said otherwise."""

    def make(**facts: Any) -> StatementClaim:
        where = facts.setdefault("site", site)
        facts.setdefault("evidence", [a_version(where).evidence])
        return claimed(facts.pop("statement", statement), **facts)

    return make


Reads = Callable[[], bool]


@pytest.fixture
def reads(access: InspectorAccess, enter: Enter, statement: Requirement) -> Reads:
    """Tell whether the inspector reads the claim; every page must agree."""
    browser = enter(access)

    def read() -> bool:
        pages = [
            text_of(browser.get(page("summary", access) + query))
            for query in ("", f"?part={statement.code}", "?view=print")
        ]
        answers = {SAID in said for said in pages}
        assert len(answers) == 1
        return answers.pop()

    return read


def test_a_claim_is_read_with_what_changed_its_kind_date_owner_and_files(
    access: InspectorAccess, enter: Enter, claim: Claims
) -> None:
    owner = PersonFactory.create(
        role=Role.IG_LEAD, first_name="Helen", last_name="Brook (demo)", job_title="Manager"
    )
    made = claim(by=owner)
    StatementClaim.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=40))
    day = timezone.localdate() - timedelta(days=40)
    said = text_of(enter(access).get(page("summary", access)))
    assert f"{SAID} Kind of evidence Staff Date {day:%-d %B %Y}" in said
    assert "Owner Helen Brook (demo) Manager" in said
    assert f"What changed because of it: {CHANGED} Near misses, version 1" in said
    assert f"approved {timezone.localdate():%-d %B %Y}" in said
    assert "Learning 1 claim" in said
    assert "No approved evidence yet" not in said


def test_a_claim_of_the_site_is_read_until_it_is_withdrawn(
    claim: Claims, reads: Reads, ig_lead: User
) -> None:
    made = claim()
    assert reads()
    withdraw_claim(made, reason="No longer so.", actor=ig_lead)
    assert not reads()


def test_a_claim_of_the_whole_organisation_is_read(claim: Claims, reads: Reads) -> None:
    claim(site=None)
    assert reads()


def test_a_claim_without_evidence_is_not_there(claim: Claims, reads: Reads) -> None:
    claim(evidence=[])
    assert not reads()


@pytest.mark.parametrize("state", ["waiting", "in_review", "returned", "withdrawn", "superseded"])
def test_a_claim_with_evidence_that_is_not_approved_is_not_there(
    claim: Claims, reads: Reads, site: Site, state: str
) -> None:
    good, bad = a_version(site), a_version(site, **{state: True})
    claim(evidence=[good.evidence, bad.evidence])
    assert not reads()


def test_a_claim_is_not_there_while_its_file_is_infected(
    claim: Claims, reads: Reads, site: Site
) -> None:
    version = a_version(site)
    claim(evidence=[version.evidence])
    assert reads()
    VerdictFactory.create(sha256=version.sha256, found_later=True)
    assert not reads()


def test_a_newer_version_on_its_way_takes_nothing_away(
    claim: Claims, reads: Reads, site: Site
) -> None:
    version = a_version(site)
    VersionFactory.create(evidence=version.evidence)
    claim(evidence=[version.evidence])
    assert reads()


def test_a_claim_of_another_site_is_not_there(
    claim: Claims, reads: Reads, other_site: Site
) -> None:
    claim(site=other_site)
    assert not reads()


def test_a_claim_of_the_whole_is_not_there_when_all_its_evidence_is_of_another_site(
    claim: Claims, reads: Reads, other_site: Site
) -> None:
    claim(site=None, evidence=[a_version(other_site).evidence])
    assert not reads()


def test_a_claim_of_another_edition_is_not_there(claim: Claims, reads: Reads) -> None:
    claim(statement=a_statement(cqc_edition("other")))
    assert not reads()


def _given(browser: Client, access: InspectorAccess, version: EvidenceVersion) -> bool:
    answer = browser.get(page("download", access, version.public_id))
    return answer.status_code == 200 and len(b"".join(answer)) == version.size


def test_the_files_of_a_claim_are_given_while_the_claim_is_shown(
    access: InspectorAccess,
    enter: Enter,
    claim: Claims,
    site: Site,
    other_site: Site,
    ig_lead: User,
) -> None:
    browser, version = enter(access), a_version(site)
    elsewhere = a_version(other_site)
    assert not _given(browser, access, version)
    made = claim(site=None, evidence=[version.evidence, elsewhere.evidence])
    assert _given(browser, access, version)
    assert not _given(browser, access, elsewhere)
    said = browser.get(page("summary", access)).content.decode()
    assert version.public_id in said
    assert elsewhere.public_id not in said
    withdraw_claim(made, reason="No longer so.", actor=ig_lead)
    assert not _given(browser, access, version)


def test_five_claims_are_shown_and_the_way_to_all_of_them(
    access: InspectorAccess,
    enter: Enter,
    claim: Claims,
    statement: Requirement,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(7):
        claim(claim=f"Claim no {number}.")
    browser = enter(access)
    said = text_of(browser.get(page("summary", access)))
    assert said.count("Claim no") == 5
    assert "Show all for Learning 7 claims" in said
    monkeypatch.setattr(summary, "PAGE", 6)
    address = page("summary", access) + f"?part={statement.code}"
    assert text_of(browser.get(address)).count("Claim no") == 6
    assert text_of(browser.get(f"{address}&all=1")).count("Claim no") == 7


def test_evidence_that_stands_under_a_claim_is_not_listed_again_beside_it(
    access: InspectorAccess, enter: Enter, claim: Claims, statement: Requirement, site: Site
) -> None:
    here, other = (
        VersionFactory.create(
            evidence=EvidenceFactory.create(site=site, title=title, requirements=[statement]),
            approved=True,
        )
        for title in ("Near misses", "Meeting")
    )
    claim(evidence=[here.evidence])
    browser = enter(access)
    content = browser.get(page("summary", access)).content.decode()
    assert content.count(page("download", access, here.public_id)) == 1
    assert content.count(page("download", access, other.public_id)) == 1
    assert "Other evidence for it" in content
    assert "Learning 1 claim, 2 pieces of evidence" in text_of(browser.get(page("summary", access)))
    assert "Show all for" not in content


def _queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    # Beginning and ending a transaction asks the database nothing.
    asked = [query for query in captured if "SAVEPOINT" not in query["sql"]]
    return len(asked)


@pytest.mark.parametrize("query", ["", "?part=statements:WL7", "?view=print"])
def test_the_number_of_queries_does_not_grow_with_the_claims(
    access: InspectorAccess, enter: Enter, claim: Claims, site: Site, query: str
) -> None:
    browser, address = enter(access), page("summary", access) + query

    def more(evidence: list[Evidence]) -> None:
        claim(by=PersonFactory.create(role=Role.IG_LEAD), evidence=evidence)

    more([a_version(site).evidence])
    few = _queries(browser, address)
    for _ in range(8):
        more([a_version(site).evidence, a_version(site).evidence])
    assert _queries(browser, address) == few <= (13 if query else 14)
