"""Statements and claims for tests, made as people make them."""

from typing import Any

from evidence_review.assessments.actions.claim import make_claim
from evidence_review.assessments.claim_details import ClaimDetails
from evidence_review.assessments.models import StatementClaim
from evidence_review.evidence.models import Evidence
from portal.frameworks.models import Edition, EvidenceCategory, Requirement
from portal.frameworks.states import AnswerKind
from portal.people.models import Site, User
from portal.people.roles import Role
from tests.factories import (
    EvidenceFactory,
    FrameworkFactory,
    PersonFactory,
    RequirementFactory,
    VersionFactory,
)

SAID = "We check every month that records are locked away."
CHANGED = "Since March every tablet locks after 1 minute."


def cqc_edition(code: str = "statements", *, kinds: tuple[str, ...] = ("staff",)) -> Edition:
    """Return an edition of quality statements that asks for these kinds of evidence."""
    framework = FrameworkFactory.create(code="test-cqc", name="Test inspectors")
    edition = Edition.objects.create(framework=framework, code=code, name=f"Edition {code}")
    for position, kind in enumerate(kinds):
        EvidenceCategory.objects.create(
            edition=edition, code=kind, name=kind.capitalize(), position=position
        )
    return edition


def a_statement(edition: Edition | None = None, **facts: Any) -> Requirement:
    """Return a statement that is answered by claims."""
    given = {"title": "Governance", "section": "Well-led", "answer_kind": AnswerKind.CLAIM}
    return RequirementFactory.create(edition=edition or cqc_edition(), **given | facts)


def approved_evidence(site: Site | None, *tied_to: Requirement, **facts: Any) -> Evidence:
    """Return evidence with an approved version."""
    evidence = EvidenceFactory.create(site=site, requirements=list(tied_to), **facts)
    VersionFactory.create(evidence=evidence, approved=True)
    return evidence


def said(statement: Requirement, owner: User, **facts: Any) -> ClaimDetails:
    """Return what somebody claims of a statement, of the first kind its edition asks for."""
    given: dict[str, Any] = {
        "claim": SAID,
        "what_changed": CHANGED,
        "owner": owner,
        "category": statement.edition.categories.first(),
    }
    return ClaimDetails(**given | facts)


def claimed(statement: Requirement, *, by: User | None = None, **facts: Any) -> StatementClaim:
    """Make a claim, an IG lead's unless said otherwise."""
    actor = by or PersonFactory.create(role=Role.IG_LEAD)
    return make_claim(statement, said(statement, facts.pop("owner", actor), **facts), actor=actor)
