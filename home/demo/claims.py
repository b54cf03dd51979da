"""The demo's claims: three that inspectors are shown, and one whose evidence is not approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from evidence_review.assessments.actions.claim import make_claim
from evidence_review.assessments.claim_details import ClaimDetails
from evidence_review.assessments.models import StatementClaim
from evidence_review.evidence.models import Evidence
from home.demo.people import Cast
from portal.frameworks.queries import requirements_by_codes


@dataclass(frozen=True, kw_only=True)
class DemoClaim:
    """One claim of the demo. ``kind`` is the code of a category; ``evidence`` is named by title."""

    statement: str
    kind: str
    claim: str
    evidence: Sequence[str]
    by: str
    what_changed: str = ""
    at_first_site: bool = False


def make_claims(cast: Cast) -> list[StatementClaim]:
    """Make every claim; the evidence must be there."""
    plans = yaml.safe_load((Path(__file__).parent / "claims.yaml").read_text())
    return [_make(DemoClaim(**plan), cast) for plan in plans]


def _make(plan: DemoClaim, cast: Cast) -> StatementClaim:
    (statement,) = requirements_by_codes([plan.statement])
    details = ClaimDetails(
        claim=plan.claim,
        what_changed=plan.what_changed,
        category=statement.edition.categories.get(code=plan.kind),
        site=cast.sites[0] if plan.at_first_site else None,
        owner=cast[plan.by],
        evidence=[Evidence.objects.get(title=title) for title in plan.evidence],
    )
    return make_claim(statement, details, actor=cast[plan.by])
