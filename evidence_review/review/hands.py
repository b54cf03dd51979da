"""Who has had a hand in a version: they are not the second pair of eyes."""

from collections.abc import Collection
from dataclasses import dataclass

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import editors_since_last_approval
from evidence_review.review.models import Decision
from portal.people.models import User


@dataclass(frozen=True)
class Hands:
    """The primary keys of the people with a hand in one version, by what they did."""

    uploader: int
    editors: frozenset[int]
    deciders: frozenset[int]

    def tie(self, person: User) -> str:
        """Return what the person did, to go after "You" or a name; empty when they are free."""
        if person.pk == self.uploader:
            return "uploaded this file"
        if person.pk in self.deciders:
            return "already decided on this version"
        if person.pk in self.editors:
            return "changed what is said of this evidence since it was last approved"
        return ""


def hands_on(version: EvidenceVersion, decisions: Collection[Decision]) -> Hands:
    """Return who uploaded, edited or decided on the version. ``decisions`` are all of its own.

    Whoever was stood in for has decided, too: one right is used once.
    """
    deciders = {decision.decider_id for decision in decisions}
    deciders |= {d.on_behalf_of_id for d in decisions if d.on_behalf_of_id is not None}
    return Hands(
        uploader=version.uploaded_by_id,
        editors=frozenset(editors_since_last_approval(version.evidence)),
        deciders=frozenset(deciders),
    )
