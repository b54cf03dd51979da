"""What managers say of head office's answers, as their pages and head office's show it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from evidence_review.assessments.models import (
    AnswerEvidence,
    Assessment,
    Coverage,
    Response,
    SiteAnswer,
)
from evidence_review.assessments.queries import responses_in_order, visible_assessments
from evidence_review.assessments.states import Holds
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import Look, VersionState
from portal.people.models import Site, User
from portal.people.queries import site_ids_for
from portal.people.roles import EVIDENCE_READERS

_DIGITS = 18
"""More than any number of a row has, and still a number to every database."""
CHANGED = Look("Changed since", "wait", "returned")
TO_CONFIRM = Look("To confirm", "check", "question")
NOT_READY = Look("Not ready yet", "todo", "todo")
_LOOKS = {
    Holds.SAME: Look(str(Holds.SAME.label), "done", "tick"),
    Holds.DIFFERENT: Look(str(Holds.DIFFERENT.label), "stop", "report"),
}


@dataclass(frozen=True)
class Kept:
    """An evidence that an answer rests on; without ``approved_at`` nothing is approved yet."""

    evidence: Evidence
    number: int | None
    approved_at: datetime | None


@dataclass(frozen=True)
class AtSite:
    """One of head office's answers at one site, with what the manager said of it last."""

    response: Response
    said: SiteAnswer | None
    kept: Sequence[Kept] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        """Whether head office stands by its answer, so that managers are asked about it."""
        return self.response.confirmed_at is not None

    @property
    def is_changed(self) -> bool:
        """Whether head office changed the answer since the manager spoke of it."""
        return bool(self.is_ready and self.said and self.said.revision != self.response.revision)

    @property
    def holds(self) -> Holds | None:
        """What the manager says of the answer as it now reads."""
        if self.said is None or not self.is_ready or self.is_changed:
            return None
        return Holds(self.said.holds)

    @property
    def is_to_confirm(self) -> bool:
        """Whether the manager has still to speak of the answer as it now reads."""
        return self.is_ready and self.holds is None

    @property
    def look(self) -> Look:
        """How it is drawn."""
        if not self.is_ready:
            return NOT_READY
        if self.is_changed:
            return CHANGED
        return TO_CONFIRM if self.holds is None else _LOOKS[self.holds]


def visible_coverage(person: User) -> QuerySet[Coverage]:
    """Return the covered sites the person may see, with their sites and assessments."""
    found = Coverage.objects.filter(
        ended_at__isnull=True, assessment__in=visible_assessments(person)
    ).select_related("site", "assessment__edition")
    sites = site_ids_for(person, EVIDENCE_READERS)
    return found if sites is None else found.filter(site__in=sites)


def answers_at(coverage: Coverage) -> list[AtSite]:
    """Return head office's answers at a site in catalogue order, in three questions."""
    responses = list(responses_in_order(coverage.assessment))
    said = {
        one.response_id: one
        for one in SiteAnswer.objects.filter(coverage=coverage).select_related("said_by")
    }
    kept = _kept(coverage.assessment)
    return [AtSite(one, said.get(one.pk), kept[one.pk]) for one in responses]


def _kept(assessment: Assessment) -> defaultdict[int, list[Kept]]:
    approved = EvidenceVersion.objects.filter(
        evidence=OuterRef("evidence"), state=VersionState.APPROVED
    )
    rows = (
        AnswerEvidence.objects.filter(response__assessment=assessment)
        .annotate(
            approved_at=Subquery(approved.values("state_since")[:1]),
            number=Subquery(approved.values("number")[:1]),
        )
        .select_related("evidence__site")
        .order_by("added_at", "pk")
    )
    kept: defaultdict[int, list[Kept]] = defaultdict(list)
    for row in rows:
        kept[row.response_id].append(Kept(row.evidence, row.number, row.approved_at))
    return kept


def differences(assessment: Assessment, person: User, words: str = "") -> QuerySet[SiteAnswer]:
    """Return what is different at covered sites the person may see, in catalogue order.

    Each has ``is_stale``: head office changed its answer since. ``words`` narrow by the site's
    name, the question or what is said.
    """
    found = SiteAnswer.objects.filter(
        holds=Holds.DIFFERENT,
        coverage__in=visible_coverage(person).filter(assessment=assessment),
        response__requirement__is_retired=False,
    )
    for word in words.split():
        found = found.filter(
            Q(coverage__site__name__icontains=word)
            | Q(response__requirement__question_plain__icontains=word)
            | Q(response__requirement__ref__startswith=word)
            | Q(difference__icontains=word)
        )
    return (
        found.annotate(is_stale=~Q(revision=F("response__revision")))
        .select_related("coverage__site", "response__requirement", "said_by")
        .order_by("response__requirement__position", "coverage__site__name", "pk")
    )


def choosable_sites(assessment: Assessment, words: str = "") -> QuerySet[Site]:
    """Return the open sites head office may answer for by name, each with ``is_covered``.

    A site that is covered is among them even if it has started its own since: it may be let go.
    """
    covered = Q(pk__in=_covered_by(assessment))
    found = _open_sites_named(words).filter(~Q(pk__in=_with_own(assessment)) | covered)
    return found.annotate(is_covered=covered)


def sites_on_their_own(assessment: Assessment, words: str = "") -> QuerySet[Site]:
    """Return the open sites that answer for themselves, by name."""
    return _open_sites_named(words).filter(
        ~Q(pk__in=_covered_by(assessment)), pk__in=_with_own(assessment)
    )


def _open_sites_named(words: str) -> QuerySet[Site]:
    found = Site.objects.filter(is_active=True).order_by("name", "pk")
    for word in words.split():
        found = found.filter(name__icontains=word)
    return found


def _covered_by(assessment: Assessment) -> QuerySet[Coverage, int]:
    rows = Coverage.objects.filter(assessment=assessment, ended_at__isnull=True)
    return rows.values_list("site", flat=True)


def _with_own(assessment: Assessment) -> QuerySet[Assessment, int | None]:
    own = Assessment.objects.filter(edition=assessment.edition_id, site__isnull=False)
    return own.values_list("site", flat=True)


def difference_numbered(assessment: Assessment, person: User, number: str) -> SiteAnswer | None:
    """Return one difference by its number as an address holds it, or ``None``."""
    if not (number.isascii() and number.isdigit() and len(number) <= _DIGITS):
        return None
    return differences(assessment, person).filter(pk=int(number)).first()
