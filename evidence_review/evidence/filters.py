"""How a person narrows the list of evidence."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import VersionState
from portal.people.models import User
from portal.people.queries import sites_for
from portal.people.roles import EVIDENCE_READERS


class EvidenceFilter:
    """Words in the title, a site and a state, as asked for; what is not known is ignored."""

    def __init__(self, asked: Any, *, person: User) -> None:
        self.words = " ".join(asked.get("q", "").replace("\x00", "").split())[:200]
        self.sites = list(sites_for(person, EVIDENCE_READERS))
        chosen = asked.get("site", "")
        self.site = next((site for site in self.sites if site.public_id == chosen), None)
        state = asked.get("state", "")
        self.state = VersionState(state) if state in VersionState.values else None
        self.states = list(VersionState)

    @property
    def is_set(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.words or self.site or self.state)

    def narrow(self, found: QuerySet[Evidence]) -> QuerySet[Evidence]:
        """Return what of ``found`` fits."""
        for word in self.words.split():
            found = found.filter(title__icontains=word)
        if self.site:
            found = found.filter(site=self.site)
        if self.state:
            versions = EvidenceVersion.objects.filter(evidence=OuterRef("pk"))
            newest = versions.order_by("-number").values("state")[:1]
            found = found.annotate(newest_state=Subquery(newest)).filter(newest_state=self.state)
        return found
