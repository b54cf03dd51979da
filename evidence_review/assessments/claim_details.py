"""What is said in a claim, as it comes from a form, and what differs."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_review.assessments.models import StatementClaim
from evidence_review.evidence.models import Evidence
from portal.frameworks.models import EvidenceCategory
from portal.people.models import Site, User


@dataclass(frozen=True, kw_only=True)
class ClaimDetails:
    """Everything of a claim but its statement. ``site`` ``None`` is the whole organisation."""

    claim: str
    owner: User
    what_changed: str = ""
    category: EvidenceCategory | None = None
    site: Site | None = None
    evidence: Sequence[Evidence] = ()

    @classmethod
    def of(cls, claim: StatementClaim) -> "ClaimDetails":
        """Return what a claim says now."""
        return cls(
            claim=claim.claim,
            owner=claim.owner,
            what_changed=claim.what_changed,
            category=claim.category,
            site=claim.site,
            evidence=tuple(claim.evidence.order_by("pk")),
        )

    def in_words(self) -> dict[str, str]:
        """Return field: words, as the record's erasable side table keeps them."""
        return {
            "claim": self.claim,
            "what_changed": self.what_changed,
            "category": str(self.category or ""),
            "site": str(self.site or "The whole organisation"),
            "owner": self.owner.actor_label,
            "evidence": "; ".join(sorted(evidence.title for evidence in self.evidence)),
        }

    def changed_from(self, old: "ClaimDetails") -> list[str]:
        """Return the names of the fields that differ."""
        differing = [name for name in _PLAIN if getattr(self, name) != getattr(old, name)]
        mine, theirs = ({one.pk for one in details.evidence} for details in (self, old))
        return differing + ["evidence"] * (mine != theirs)


_PLAIN = ("claim", "what_changed", "category", "site", "owner")

IN_WORDS = {
    "claim": "The claim",
    "what_changed": "What changed because of it",
    "category": "Kind of evidence",
    "site": "Site",
    "owner": "Owner",
    "evidence": "Evidence",
}
"""What people call the fields."""
