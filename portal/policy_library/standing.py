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
    NEWER_TEXT = "newer_text"


LABELS = {
    Standing.NOT_ADOPTED: "Not adopted",
    Standing.DRAFT: "Draft",
    Standing.PUBLISHED: "Published",
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
        return Standing.PUBLISHED if any(one.page.live for one in self.made) else Standing.DRAFT

    @property
    def label(self) -> str:
        """The standing in words."""
        return LABELS[self.standing]
