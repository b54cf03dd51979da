"""The evidence an answer rests on, and what it might rest on, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evidence_review.assessments.freshness import evidence_good_until
from evidence_review.assessments.models import AnswerEvidence, Assessment, Coverage, Response
from evidence_review.assessments.queries.questions import AsOf
from evidence_review.assessments.states import WILL_LAPSE
from evidence_review.evidence.models import Evidence, EvidenceLink, EvidenceVersion
from evidence_review.evidence.queries import versions_by_evidence, visible_evidence
from evidence_review.evidence.states import Look, VersionState
from evidence_review.evidence.views.files import FileRow, file_rows
from portal.people.models import User
from portal.people.queries import roles_anywhere, site_ids_for
from portal.people.roles import EVIDENCE_READERS

SUGGESTED = 5
_LAPSED = Look("Lapsed", "stop", "hourglass")
_NO_FILE = Look("No file yet", "todo", "todo")


@dataclass(frozen=True)
class EvidenceShown:
    """One evidence beside an answer.

    ``row`` is its newest version, ``approved`` the version that counts, ``good_until`` the last
    day it is fresh for this question. ``may_open`` says whether the person may see its page.
    """

    evidence: Evidence
    row: FileRow | None
    approved: EvidenceVersion | None
    good_until: date | None
    as_of: AsOf
    may_open: bool = True

    @property
    def is_lapsed(self) -> bool:
        """Whether it was approved and is no longer fresh."""
        return bool(self.approved and self.good_until and self.good_until < self.as_of.today)

    @property
    def will_lapse(self) -> bool:
        """Whether it is fresh today, and not on the deadline."""
        ends = self.good_until
        return bool(self.approved and ends and self.as_of.today <= ends < self.as_of.until)

    @property
    def look(self) -> Look:
        """How it is drawn: how long the approved version is good, else where the newest stands."""
        if self.is_lapsed:
            return _LAPSED
        if self.will_lapse:
            return WILL_LAPSE
        shown = self.approved or (self.row.version if self.row else None)
        return _NO_FILE if shown is None else shown.look

    @property
    def is_waiting(self) -> bool:
        """Whether a newer version than the approved one, or the first, is not decided yet."""
        return self.row is not None and self.row.version != self.approved


def resting_on(response: Response) -> list[Evidence]:
    """Return the evidence an answer rests on, the first linked first."""
    links = AnswerEvidence.objects.filter(response=response).select_related(
        "evidence__site", "evidence__type"
    )
    return [link.evidence for link in links.order_by("added_at", "pk")]


def suggested_for(response: Response, person: User) -> QuerySet[Evidence]:
    """Return evidence that is tied to the question, and that this answer does not rest on yet."""
    tied = EvidenceLink.objects.filter(evidence=OuterRef("pk"), requirement=response.requirement_id)
    return linkable_to(response, person).filter(Exists(tied))[:SUGGESTED]


def linkable_to(response: Response, person: User, *, words: str = "") -> QuerySet[Evidence]:
    """Return what the answer may come to rest on: of its owner, covered sites, or for everybody."""
    held = AnswerEvidence.objects.filter(evidence=OuterRef("pk"), response=response)
    found = visible_evidence(person).filter(_belongs_to(response.assessment), ~Exists(held))
    if words:
        found = found.filter(title__icontains=words)
    return found.select_related("site", "type").order_by("-created_at", "-pk")


def _belongs_to(assessment: Assessment) -> Q:
    if assessment.site_id is not None:
        return Q(site__isnull=True) | Q(site=assessment.site_id)
    covered = Coverage.objects.filter(assessment=assessment, ended_at__isnull=True)
    return Q(site__isnull=True) | Q(site__in=covered.values("site"))


def as_shown(
    found: Sequence[Evidence], freshness_months: int | None, as_of: AsOf, person: User
) -> list[EvidenceShown]:
    """Return evidence with its versions and dates, in a number of questions that never grows."""
    versions = versions_by_evidence(found)
    newest = {
        row.version.evidence_id: row for row in file_rows(mine[0] for mine in versions.values())
    }
    sites = site_ids_for(person, EVIDENCE_READERS)
    reads = bool(roles_anywhere(person) & EVIDENCE_READERS)
    shown = []
    for evidence in found:
        approved = _approved(versions.get(evidence.pk, ()))
        shown.append(
            EvidenceShown(
                evidence=evidence,
                row=newest.get(evidence.pk),
                approved=approved,
                good_until=_good_until(evidence, approved, freshness_months),
                as_of=as_of,
                may_open=reads
                and (sites is None or evidence.site_id is None or evidence.site_id in sites),
            )
        )
    return shown


def _approved(versions: Sequence[EvidenceVersion]) -> EvidenceVersion | None:
    return next((one for one in versions if one.state == VersionState.APPROVED), None)


def _good_until(
    evidence: Evidence, approved: EvidenceVersion | None, freshness_months: int | None
) -> date | None:
    if approved is None:
        return None
    return evidence_good_until(
        approved_on=timezone.localdate(approved.state_since),
        period_end=evidence.period_end,
        review_date=evidence.review_date,
        freshness_months=freshness_months,
    )
