"""How head office's answers stand at one of the sites it covers. Pure: what was said in, word out.

Head office's answer counts as complete at a site only when it is complete and the registered
manager confirmed it there as it now reads. A difference, and an answer nobody has confirmed there
yet, are in progress.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from evidence_review.assessments.standing import Result
from evidence_review.assessments.states import Holds, Standing
from evidence_review.assessments.tally import Item, Tally


@dataclass(frozen=True, kw_only=True)
class Given:
    """One of head office's answers. ``is_for_sites``: it is confirmed, so managers are asked."""

    pk: int
    item: Item
    is_for_sites: bool

    @cached_property
    def unheard(self) -> Item:
        """The answer at a site whose manager says nothing of it as it now reads."""
        return replace(self.item, result=result_at_site(self.item.result, None))

    @cached_property
    def differing(self) -> Item:
        """The answer at a site where it is different."""
        return replace(self.item, result=result_at_site(self.item.result, Holds.DIFFERENT))

    def at_site(self, holds: Holds | None) -> Item:
        """Return the answer at a site whose manager says this of it."""
        if holds == Holds.SAME:
            return self.item
        return self.unheard if holds is None else self.differing


@dataclass(frozen=True)
class Said:
    """How many of head office's needed answers a manager was asked about, by what they said.

    The three add up to what was asked. What head office changed since is to confirm again.
    """

    confirmed: int = 0
    differing: int = 0
    to_confirm: int = 0

    @property
    def asked(self) -> int:
        """How many there are to confirm or to differ from."""
        return self.confirmed + self.differing + self.to_confirm

    def __add__(self, other: "Said") -> "Said":
        """Put two sections together."""
        return Said(
            self.confirmed + other.confirmed,
            self.differing + other.differing,
            self.to_confirm + other.to_confirm,
        )


def result_at_site(result: Result, holds: Holds | None) -> Result:
    """Return how an answer stands at a site; ``None``: nothing is said of it as it now reads."""
    if holds == Holds.SAME or (holds is None and result.standing == Standing.NOT_STARTED):
        return result
    return Result(Standing.IN_PROGRESS)


def tally_at_site(given: Iterable[Given], said: Mapping[int, Holds], head_office: Tally) -> Tally:
    """Count a site's answers; ``said`` maps the answer's id to what its manager says of it."""
    return Tally.of(
        (one.at_site(said.get(one.pk)) for one in given),
        published=head_office.published,
        certificates=head_office.certificates,
    )


def said_by_section(given: Sequence[Given], said: Mapping[int, Holds]) -> dict[str, Said]:
    """Count what a manager said of the needed answers that were for the sites, by section."""
    found = {one.item.section: Said() for one in given if one.item.levels}
    for one in given:
        if one.item.levels and one.is_for_sites:
            found[one.item.section] += _said(said.get(one.pk))
    return found


def _said(holds: Holds | None) -> Said:
    if holds is None:
        return Said(to_confirm=1)
    return Said(confirmed=1) if holds == Holds.SAME else Said(differing=1)
