"""The evidence summary: what stands under which heading.

The same for today (``Today``, whose cost does not grow with the evidence) and for a moment of the
past (``past_summary.Then``): both are a ``Source``.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from evidence_review.assessments.models import StatementClaim
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.parts import (
    Chapter,
    ClaimShown,
    Part,
    by_section,
    has_sections,
    newest_claims_of,
    newest_of,
    section_key,
    singly,
)
from evidence_review.inspection.scope import (
    requirements_shown,
    ties_of_claims,
    with_newest_claims,
    with_newest_versions,
)
from portal.frameworks.models import Edition, Requirement

FIRST = 5
"""How much evidence stands under a heading before "Show all"."""
COUNTED_TO = 25
"""Evidence of one requirement is counted up to this; past it the page says "more than"."""
PAGE = 25
PAGE_OF_ALL = 1000
"""The most evidence on one page of "Show all", and in one printed summary."""


Ties = list[tuple[StatementClaim, int]]
"""Claims, each once for every version under it, with that version's pk."""


class Source(Protocol):
    """Where a summary takes its facts from. Pks are those of versions and claims."""

    @property
    def inspectors(self) -> str:
        """The organisation that looks: its own framework comes first."""

    def rows(self, most: int, code: str = "") -> Iterable[Requirement]:
        """Return the requirements, or the one of a code, with ``newest`` and ``newest_claims``.

        These are the pks of what stands under each, the newest first; at most ``most``.
        """

    def ties(self, claims: Collection[int]) -> Ties:
        """Return these claims with the versions under them."""

    def versions(self, pks: Iterable[int]) -> Iterable[EvidenceVersion]:
        """Return these versions with all that a row says of them."""

    def in_order(
        self, pks: Iterable[int]
    ) -> "Sequence[EvidenceVersion] | QuerySet[EvidenceVersion]":
        """Return these versions, the newest approval first."""


@dataclass(frozen=True)
class Today:
    """What an access shows today."""

    access: InspectorAccess

    @property
    def inspectors(self) -> str:
        """The organisation that looks."""
        return self.access.inspector_organisation

    def rows(self, most: int, code: str = "") -> QuerySet[Requirement]:
        """Return the requirements of the access."""
        found = requirements_shown(self.access)
        if code:
            edition_code, _, ref = code.partition(":")
            found = found.filter(edition__code=edition_code, ref=ref)
        return with_newest_claims(with_newest_versions(found, self.access, most), self.access, most)

    def ties(self, claims: Collection[int]) -> Ties:
        """Return these claims with what is shown under them."""
        return ties_of_claims(self.access, claims)

    def versions(self, pks: Iterable[int]) -> QuerySet[EvidenceVersion]:
        """Return these versions."""
        return _with_faces(pks)

    def in_order(self, pks: Iterable[int]) -> QuerySet[EvidenceVersion]:
        """Return these versions, the newest approval first."""
        return _with_faces(pks).order_by("-state_since", "-pk")


def overview(source: Source) -> list[Chapter]:
    """Return every edition in the scope: short ones by requirement, long ones by section."""
    chapters = [
        Chapter(edition, tuple((by_section if has_sections(rows) else singly)(rows, COUNTED_TO)))
        for edition, rows in _by_edition(source, COUNTED_TO)
    ]
    return _filled(chapters, source, FIRST)


def section(source: Source, key: str) -> Chapter | None:
    """Return one section by requirement, or ``None`` when there is no section of that key."""
    for edition, rows in _by_edition(source, COUNTED_TO):
        inside = [row for row in rows if has_sections(rows) and section_key(row) == key]
        if inside:
            chapter = Chapter(edition, tuple(singly(inside, COUNTED_TO)))
            return _filled([chapter], source, FIRST)[0]
    return None


def requirement(source: Source, code: str) -> Requirement | None:
    """Return one requirement by its code, ready for ``page_of``, or ``None``."""
    return next(iter(source.rows(PAGE_OF_ALL, code)), None)


def claims_of(row: Requirement, source: Source, *, show_all: bool) -> tuple[list[ClaimShown], bool]:
    """Return the newest claims of a requirement, and whether there are more."""
    found, most = newest_claims_of(row), PAGE_OF_ALL if show_all else PAGE
    ties = source.ties(found[:most])
    shown = _claims(ties, _by_pk(source, (version for _, version in ties)))
    return [shown[pk] for pk in found[:most] if pk in shown], len(found) > most


def page_of(
    row: Requirement, source: Source, number: str | None, *, show_all: bool
) -> "Page[EvidenceVersion]":
    """Return one page of the evidence of a requirement, newest approval first.

    Of more than ``PAGE_OF_ALL`` pieces, those that were tied to it last.
    """
    ordered = source.in_order(newest_of(row))
    return Paginator(ordered, PAGE_OF_ALL if show_all else PAGE).get_page(number)


def for_printing(source: Source, key: str = "") -> tuple[list[Chapter], bool]:
    """Return everything by requirement and in full, or one part of it; and whether it was too much.

    ``key`` is that of a part. One that there is none of gives no chapters.
    """
    chapters = []
    for edition, rows in _by_edition(source, PAGE_OF_ALL):
        wanted = [row for row in rows if not key or key in {row.code, section_key(row)}]
        if wanted:
            chapters.append(Chapter(edition, tuple(singly(wanted, PAGE_OF_ALL))))
    full = _filled(chapters, source, PAGE_OF_ALL)
    return full, any(part.has_more for chapter in full for part in chapter.parts)


def _by_edition(source: Source, most: int) -> list[tuple[Edition, list[Requirement]]]:
    """Return the requirements by edition, those of the inspector's own framework first."""
    rows = source.rows(most + 1)
    groups = [list(found) for _, found in groupby(rows, key=lambda row: row.edition_id)]
    theirs = source.inspectors.casefold()
    groups.sort(key=lambda found: found[0].edition.framework.name.casefold() != theirs)
    return [(found[0].edition, found) for found in groups]


def _filled(chapters: list[Chapter], source: Source, first: int) -> list[Chapter]:
    """Put the first versions and claims into every part, up to ``PAGE_OF_ALL`` of each in all."""
    parts = [part for chapter in chapters for part in chapter.parts]
    wanted = _wanted({part.key: part.ids for part in parts}, first)
    wanted_claims = _wanted({part.key: part.claim_ids for part in parts}, first)
    every = {found for ids in wanted.values() for found in ids}
    ties = source.ties([found for ids in wanted_claims.values() for found in ids])
    versions = _by_pk(source, every.union(version for _, version in ties))
    claims = _claims(ties, versions)

    def fill(part: Part) -> Part:
        said = tuple(claims[one] for one in wanted_claims[part.key] if one in claims)
        part = replace(part, claims=said)
        others = [one for one in wanted[part.key] if one not in part.under_claims]
        found = newest_first(versions[one] for one in others if one in versions)
        return replace(part, versions=tuple(found))

    return [
        replace(chapter, parts=tuple(fill(part) for part in chapter.parts)) for chapter in chapters
    ]


def _wanted(ids: dict[str, tuple[int, ...]], first: int) -> dict[str, tuple[int, ...]]:
    """Return the first of each key, up to ``PAGE_OF_ALL`` in all."""
    left, wanted = PAGE_OF_ALL, {}
    for key, own in ids.items():
        wanted[key] = own[: min(first, left)]
        left -= len(wanted[key])
    return wanted


def _claims(
    ties: Iterable[tuple[StatementClaim, int]], versions: Mapping[int, EvidenceVersion]
) -> dict[int, ClaimShown]:
    """Return claims by pk, each with its versions by title."""
    claims: dict[int, StatementClaim] = {}
    under: dict[int, list[EvidenceVersion]] = {}
    for claim, version in ties:
        claims[claim.pk] = claim
        under.setdefault(claim.pk, []).append(versions[version])
    return {
        pk: ClaimShown(
            claims[pk], tuple(sorted(found, key=lambda one: (one.evidence.title, one.pk)))
        )
        for pk, found in under.items()
    }


def newest_first(versions: Iterable[EvidenceVersion]) -> list[EvidenceVersion]:
    """Return versions by when they were approved, the newest first."""
    return sorted(versions, key=lambda version: (version.state_since, version.pk), reverse=True)


def _by_pk(source: Source, pks: Iterable[int]) -> dict[int, EvidenceVersion]:
    return {version.pk: version for version in source.versions(pks)}


def _with_faces(pks: Iterable[int]) -> QuerySet[EvidenceVersion]:
    """Return versions, whose pks ``scope`` has just found, with all that a row says of them."""
    return (
        EvidenceVersion.objects.filter(pk__in=pks)
        .select_related("evidence", "evidence__type", "evidence__site", "evidence__owner")
        .order_by()
    )
