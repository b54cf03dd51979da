"""How far a starter has come here."""

from dataclasses import dataclass
from enum import StrEnum

from portal.policies.models import PolicyPage
from portal.policy_library.models import Adoption
from portal.policy_library.starters import Starter


class Standing(StrEnum):
    """How far a starter has come here."""

    NOT_ADOPTED = "not_adopted"
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    NEWER_TEXT = "newer_text"


LABELS = {
    Standing.NOT_ADOPTED: "Not adopted",
    Standing.DRAFT: "Draft",
    Standing.PUBLISHED: "Published",
    Standing.WITHDRAWN: "Withdrawn",
    Standing.NEWER_TEXT: "A newer starter text is here",
}


@dataclass(frozen=True)
class Made:
    """A policy that was made from a starter. ``stands_on`` is the starter version it follows."""

    adoption: Adoption
    page: PolicyPage
    stands_on: int
    newest: int

    @property
    def standing(self) -> Standing:
        """Where the policy itself is, whatever the library has."""
        if self.page.live:
            return Standing.PUBLISHED
        return Standing.WITHDRAWN if self.page.first_published_at else Standing.DRAFT

    @property
    def label(self) -> str:
        """The same in words."""
        return LABELS[self.standing]

    @property
    def has_newer_text(self) -> bool:
        """Whether the library has a newer text than the policy follows."""
        return self.newest > self.stands_on


@dataclass(frozen=True)
class Shelved:
    """A starter with the policies that were made from it here."""

    starter: Starter
    made: tuple[Made, ...] = ()

    @property
    def standing(self) -> Standing:
        """How far it has come here; the most pressing thing when there are several policies."""
        if not self.made:
            return Standing.NOT_ADOPTED
        if any(one.has_newer_text for one in self.made):
            return Standing.NEWER_TEXT
        found = {one.standing for one in self.made}
        furthest_first = (Standing.PUBLISHED, Standing.DRAFT, Standing.WITHDRAWN)
        return next(standing for standing in furthest_first if standing in found)

    @property
    def label(self) -> str:
        """The standing in words."""
        return LABELS[self.standing]
