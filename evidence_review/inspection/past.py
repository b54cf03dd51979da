"""What an inspector would have been shown at a moment: rebuilt, never looked up in today's rows.

Where it comes from:

- which versions were approved, when and by whom, and which claims stood: the events of the record;
- to which requirements evidence was tied, and which evidence was under a claim: the facts that are
  sealed in those events;
- files: the versions, which never change;
- titles, owners, sites and their names: the history of their tables (``portal.record.past_rows``
  says what counts within one instant);
- whether the bytes counted as clean: the newest word of the scanner then. A file in which a virus
  was found later is listed as it was listed; nothing gives out its bytes.

Requirements, editions and kinds of evidence have no history: they are called what they are called
today, and a requirement that was retired since is not listed. Where the details of an approval were
erased, ``approved_by`` says so.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.parts import label_of
from evidence_review.inspection.past_facts import (
    Claimed,
    Good,
    claims_then,
    good_then,
    lives_then,
)
from portal.frameworks.models import Requirement
from portal.people.models import Site
from portal.record.moments import Moment

NOTHING = "-"
"""The code of no edition and no site: what an access without any would otherwise widen to all."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is asked for. Nothing said of editions, statements or sites is all of them.

    ``editions`` and ``statements`` are codes, ``sites`` public ids. Evidence of the whole
    organisation is always in. The dates are days in the portal's own time zone, both included.
    """

    editions: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    approved_from: date | None = None
    approved_to: date | None = None

    @classmethod
    def of_access(cls, access: InspectorAccess) -> "Scope":
        """Return the scope of an inspector's access. One query, two where sites were chosen."""
        editions = tuple(access.editions.order_by("code").values_list("code", flat=True))
        if access.every_site:
            return cls(editions=editions or (NOTHING,))
        sites = tuple(access.sites.order_by("pk").values_list("public_id", flat=True))
        return cls(editions=editions or (NOTHING,), sites=sites or (NOTHING,))


@dataclass(frozen=True, kw_only=True)
class EvidenceThen:
    """One approved version with the evidence around it, as both were.

    ``requirements`` are the codes, within the scope, that it was tied to or shown with a claim of;
    ``events`` the numbers of the events of the version's life up to the moment, without those that
    tell who opened it.
    """

    ref: str
    version_public_id: str
    title: str
    claim: str
    kind: str
    site: str
    owner: str
    period_start: date | None
    period_end: date | None
    review_date: date | None
    number: int
    sha256: str
    size: int
    media_type: str
    extension: str
    original_name: str
    uploaded_at: datetime
    approved_at: datetime
    approved_by: str
    requirements: tuple[str, ...]
    events: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimThen:
    """One claim as it was worded, with the evidence under it; every part of it was approved."""

    text: str
    what_changed: str
    category: str
    owner: str
    site: str
    made_at: datetime
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PartThen:
    """One requirement with its claims and its evidence, that under the claims included."""

    code: str
    label: str
    title: str
    section: str
    claims: tuple[ClaimThen, ...]
    evidence: tuple[EvidenceThen, ...]


@dataclass(frozen=True, kw_only=True)
class ChapterThen:
    """One edition with its requirements in catalogue order, those without evidence included."""

    edition_code: str
    edition_name: str
    framework_name: str
    parts: tuple[PartThen, ...]


@dataclass(frozen=True)
class InScope:
    """What a scope leaves of what stood then: evidence by its public id, claims newest first."""

    requirements: tuple[Requirement, ...]
    good: dict[str, Good]
    claims: tuple[Claimed, ...]

    def without(self, refs: Set[str]) -> "InScope":
        """Return the same without some evidence and the claims that rest on any of it."""
        return InScope(
            self.requirements,
            {ref: one for ref, one in self.good.items() if ref not in refs},
            tuple(one for one in self.claims if refs.isdisjoint(one.evidence)),
        )


def approved_at(scope: Scope, moment: Moment) -> list[EvidenceThen]:
    """Return what was approved at the moment and is in the scope, by title, then reference.

    The number of queries does not depend on how much there is.
    """
    listed = _listed(in_scope(scope, moment), moment)
    return sorted(listed.values(), key=lambda one: (one.title, one.ref))


def chapters_at(scope: Scope, moment: Moment) -> list[ChapterThen]:
    """Return the same by edition and requirement, with the claims; evidence newest approval first.

    An edition of which the scope has no requirement is left out. Costs what ``approved_at`` costs.
    """
    found = in_scope(scope, moment)
    listed = _listed(found, moment)
    under: dict[str, list[EvidenceThen]] = {}
    for one in sorted(listed.values(), key=lambda one: found.good[one.ref].approval.seq)[::-1]:
        for code in one.requirements:
            under.setdefault(code, []).append(one)
    claims: dict[str, list[ClaimThen]] = {}
    for claimed in found.claims:
        claims.setdefault(claimed.statement, []).append(_claim(claimed))
    chapters = groupby(found.requirements, key=lambda row: row.edition)
    return [
        ChapterThen(
            edition_code=edition.code,
            edition_name=edition.name,
            framework_name=edition.framework.name,
            parts=tuple(
                PartThen(
                    code=row.code,
                    label=label_of(row),
                    title=row.title,
                    section=row.section,
                    claims=tuple(claims.get(row.code, ())),
                    evidence=tuple(under.get(row.code, ())),
                )
                for row in rows
            ),
        )
        for edition, rows in chapters
    ]


def in_scope(scope: Scope, moment: Moment) -> InScope:
    """Return what stood at the moment and is in the scope."""
    requirements = tuple(_requirements(scope))
    codes = {row.code for row in requirements}
    good = good_then(moment)
    here = {ref: one for ref, one in good.items() if _is_here(scope, one)}
    claims = tuple(_claims(scope, moment, codes, good.keys(), here.keys()))
    claimed: dict[str, list[str]] = {}
    for one in claims:
        for ref in one.evidence:
            claimed.setdefault(ref, []).append(one.statement)
    tied = {}
    for ref, found in here.items():
        own = tuple(code for code in found.tied if code in codes)
        if both := tuple(dict.fromkeys([*own, *sorted(claimed.get(ref, ()))])):
            tied[ref] = replace(found, tied=own, shown_for=both)
    return InScope(requirements, tied, claims)


def _requirements(scope: Scope) -> list[Requirement]:
    rows = Requirement.objects.filter(is_retired=False)
    if scope.editions:
        rows = rows.filter(edition__code__in=scope.editions)
    else:
        rows = rows.filter(edition__in_use=True)
    found = rows.select_related("edition__framework").order_by(
        "edition__position", "edition__code", "position", "pk"
    )
    return [row for row in found if not scope.statements or row.code in scope.statements]


def _is_here(scope: Scope, one: Good) -> bool:
    day = timezone.localdate(one.approval.at)
    return (
        _is_of(scope, one.evidence.site)
        and (scope.approved_from is None or scope.approved_from <= day)
        and (scope.approved_to is None or day <= scope.approved_to)
    )


def _is_of(scope: Scope, site: Site | None) -> bool:
    return site is None or not scope.sites or site.public_id in scope.sites


def _claims(
    scope: Scope, moment: Moment, codes: Set[str], good: Set[str], here: Set[str]
) -> Iterator[Claimed]:
    """Return the claims an inspector is shown, each with the evidence of it that is here.

    All of a claim's evidence must be good, wherever it is, and some of it here.
    """
    for one in claims_then(moment):
        shown = tuple(ref for ref in one.evidence if ref in here)
        fits = one.statement in codes and _is_of(scope, one.claim.site)
        if fits and shown and good >= set(one.evidence):
            yield replace(one, evidence=shown)


def _claim(claimed: Claimed) -> ClaimThen:
    claim = claimed.claim
    return ClaimThen(
        text=claim.claim,
        what_changed=claim.what_changed,
        category=str(claim.category or ""),
        owner=claim.owner.actor_label,
        site=str(claim.site or ""),
        made_at=claim.made_at,
        evidence=claimed.evidence,
    )


def _listed(found: InScope, moment: Moment) -> dict[str, EvidenceThen]:
    keys = {(ref, one.version.number) for ref, one in found.good.items()}
    lives = lives_then(moment, keys)
    return {
        ref: _evidence(ref, one, lives[ref, one.version.number]) for ref, one in found.good.items()
    }


def _evidence(ref: str, one: Good, events: tuple[int, ...]) -> EvidenceThen:
    evidence, version = one.evidence, one.version
    return EvidenceThen(
        ref=ref,
        version_public_id=version.public_id,
        title=evidence.title,
        claim=evidence.claim,
        kind=evidence.type.name,
        site=str(evidence.site or ""),
        owner=evidence.owner.actor_label,
        period_start=evidence.period_start,
        period_end=evidence.period_end,
        review_date=evidence.review_date,
        number=version.number,
        sha256=version.sha256,
        size=version.size,
        media_type=version.media_type,
        extension=version.extension,
        original_name=version.original_name,
        uploaded_at=version.uploaded_at,
        approved_at=one.approval.at,
        approved_by=one.approval.by,
        requirements=one.shown_for,
        events=events,
    )
