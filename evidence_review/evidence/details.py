"""What is said of an evidence, as it comes from a form or the API, and what differs."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from evidence_review.evidence.models import Evidence, EvidenceType
from portal.people.models import Site


@dataclass(frozen=True, kw_only=True)
class EvidenceDetails:
    """Everything of an evidence but its files and what it supports."""

    title: str
    type: EvidenceType
    site: Site | None
    claim: str = ""
    period_start: date | None = None
    period_end: date | None = None
    review_date: date | None = None

    def changed_from(self, evidence: Evidence) -> dict[str, tuple[Any, Any]]:
        """Return field: (old, new) for what differs from the evidence's row."""
        pairs = {f.name: (getattr(evidence, f.name), getattr(self, f.name)) for f in fields(self)}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def in_words(self) -> dict[str, str]:
        """Return the details as the record's erasable side table keeps them."""
        return {f.name: words(getattr(self, f.name)) for f in fields(self)}


def words(value: Any) -> str:
    """Return a detail as text: dates as 2027-06-30, nothing as an empty text."""
    return "" if value is None else str(value)
