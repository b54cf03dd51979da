"""What a summary is made of: chapters of parts, each with its evidence and how much there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence_review.assessments.models import StatementClaim
from evidence_review.evidence.models import EvidenceVersion
from portal.frameworks.models import Edition, Requirement
from portal.frameworks.states import Sureness


@dataclass(frozen=True)
class Count:
    """How much evidence there is, or how many claims: exactly, or more than that."""

    at_least: int
    is_more: bool = False
    one: str = "piece of evidence"
    several: str = "pieces of evidence"

    def __str__(self) -> str:
        """Say it: "No evidence yet", "1 piece of evidence", "More than 25 pieces of evidence"."""
        if not self.at_least:
            return "No evidence yet"
        noun = self.one if self.at_least == 1 and not self.is_more else self.several
        return f"{'More than ' if self.is_more else ''}{self.at_least:,} {noun}"


@dataclass(frozen=True)
class ClaimShown:
    """One claim with the versions that show it."""

    claim: StatementClaim
    versions: tuple[EvidenceVersion, ...]


@dataclass(frozen=True)
class Part:
    """One heading with evidence under it: a requirement, or a section of several.

    ``key`` names it in addresses and in the record: ``dspt-v8:1.3.1`` a requirement, ``dspt-v8.2``
    a section. ``ids`` and ``claim_ids`` are those of the newest versions and claims; ``versions``
    and ``claims`` are what is shown of them. What is shown with a claim stands there only.
    """

    key: str
    title: str
    requirements: tuple[Requirement, ...]
    count: Count
    ids: tuple[int, ...]
    claim_count: Count
    claim_ids: tuple[int, ...]
    versions: tuple[EvidenceVersion, ...] = ()
    claims: tuple[ClaimShown, ...] = ()

    @property
    def is_section(self) -> bool:
        """Whether it holds several requirements, each with a page of its own."""
        return ":" not in self.key

    @property
    def requirement(self) -> Requirement:
        """The requirement of a part that is not a section."""
        return self.requirements[0]

    @property
    def label(self) -> str:
        """The title, after the reference unless that is one the catalogue made up itself."""
        return label_of(self.requirement) if not self.is_section else self.title

    @property
    def contents(self) -> list[Count]:
        """How much there is of everything that there is any of; never empty."""
        counts = [self.claim_count, self.count]
        return [count for count in counts if count.at_least] or [self.count]

    @property
    def has_more(self) -> bool:
        """Whether there is more evidence than is shown, or more claims."""
        shown = {version.pk for version in self.versions} | self.under_claims
        return (
            self.count.is_more
            or self.count.at_least > len(shown.intersection(self.ids))
            or self.claim_count.is_more
            or self.claim_count.at_least > len(self.claims)
        )

    @property
    def under_claims(self) -> set[int]:
        """The ids of the versions that are shown with a claim."""
        return {version.pk for said in self.claims for version in said.versions}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing under the heading."""
        return not self.versions and not self.claims


@dataclass(frozen=True)
class Chapter:
    """One edition with its parts."""

    edition: Edition
    parts: tuple[Part, ...]

    @property
    def has_sections(self) -> bool:
        """Whether its parts stand in more than one section."""
        return has_sections([row for part in self.parts for row in part.requirements])


def label_of(row: Requirement) -> str:
    """Return what a requirement is called outside: ``1.3.1 Up-to-date data policies``.

    Where the catalogue is not sure of the reference, or made it up because there is none, as for
    CQC's statements, only the title is said.
    """
    return row.title if row.ref_confidence == Sureness.LOW else f"{row.ref} {row.title}"


def has_sections(rows: Sequence[Requirement]) -> bool:
    """Tell whether an edition is long enough to have several sections."""
    return len({row.section for row in rows}) > 1


def section_key(row: Requirement) -> str:
    """Return ``dspt-v8.2`` for the second section of an edition, whatever it is called."""
    names = [item["name"] for item in row.edition.sections]
    number = names.index(row.section) + 1 if row.section in names else 0
    return f"{row.edition.code}.{number}"


def singly(rows: Iterable[Requirement], most: int) -> list[Part]:
    """Return a part for each requirement. ``most`` is how far their evidence was looked for."""
    return [_part(row.code, row.title, [row], most) for row in rows]


def by_section(rows: Iterable[Requirement], most: int) -> list[Part]:
    """Return a part for each section, in the order in which the sections first come."""
    inside: dict[str, list[Requirement]] = {}
    for row in rows:
        inside.setdefault(section_key(row), []).append(row)
    return [_part(key, found[0].section, found, most) for key, found in inside.items()]


def newest_of(row: Requirement) -> list[int]:
    """Return the pks that ``scope.with_newest_versions`` found for a requirement."""
    found: list[int] = row.newest  # type: ignore[attr-defined]  # added to the row by the query
    return found


def newest_claims_of(row: Requirement) -> list[int]:
    """Return the pks that ``scope.with_newest_claims`` found for a requirement."""
    found: list[int] = row.newest_claims  # type: ignore[attr-defined]  # as above
    return found


def _part(key: str, title: str, rows: list[Requirement], most: int) -> Part:
    ids, is_more = _joined([newest_of(row) for row in rows], most)
    claim_ids, are_more = _joined([newest_claims_of(row) for row in rows], most)
    # The last id that was found only says that there is more than the others.
    return Part(
        key,
        title,
        tuple(rows),
        Count(len(ids) - is_more, is_more),
        ids,
        Count(len(claim_ids) - are_more, are_more, "claim", "claims"),
        claim_ids,
    )


def _joined(newest: list[list[int]], most: int) -> tuple[tuple[int, ...], bool]:
    """Put the ids of several requirements together, newest first; and tell whether one has more."""
    ids = {found for own in newest for found in own}
    return tuple(sorted(ids, reverse=True)), any(len(own) > most for own in newest)
