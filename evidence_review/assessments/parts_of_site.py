"""Head office's answers at one site, part by part: what changed first, then section by section."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_review.assessments.queries.site_answers import AtSite
from evidence_review.assessments.states import Holds

CHANGED_KEY = "changed"
CHANGED_NAME = "Changed since you looked"


@dataclass(frozen=True)
class Part:
    """Some of the answers under one name. ``key`` stands in the address."""

    key: str
    name: str
    answers: Sequence[AtSite]

    @property
    def asked(self) -> int:
        """How many the manager is asked about."""
        return sum(one.is_ready for one in self.answers)

    @property
    def confirmed(self) -> int:
        """How many are true at the site too."""
        return sum(one.holds == Holds.SAME for one in self.answers)

    @property
    def differing(self) -> int:
        """How many are different at the site."""
        return sum(one.holds == Holds.DIFFERENT for one in self.answers)

    @property
    def to_confirm(self) -> list[AtSite]:
        """Those the manager has still to speak of."""
        return [one for one in self.answers if one.is_to_confirm]

    @property
    def spoken_of(self) -> int:
        """How many the manager has spoken of, as they now read."""
        return self.asked - len(self.to_confirm)


def parts_of(answers: Sequence[AtSite], sections: Sequence[str]) -> list[Part]:
    """Return the parts: what changed, if anything did, then every section that has answers."""
    parts = []
    if changed := [one for one in answers if one.is_changed]:
        parts.append(Part(CHANGED_KEY, CHANGED_NAME, changed))
    for number, name in enumerate(sections, start=1):
        if mine := [one for one in answers if one.response.requirement.section == name]:
            parts.append(Part(str(number), name, mine))
    return parts


def part_to_show(parts: Sequence[Part], asked_for: str) -> Part | None:
    """Return the part that was asked for, else the first with something to confirm, else the first.

    There is none when the edition has no questions.
    """
    named = [part for part in parts if part.key == asked_for]
    waiting = [part for part in parts if part.to_confirm]
    return next(iter([*named, *waiting, *parts]), None)
