"""What would be published now, and what was published before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from evidence_review.assessments.freshness import evidence_good_until
from evidence_review.assessments.levels import level_on, levels_of
from evidence_review.assessments.models import (
    AnswerEvidence,
    Assessment,
    Certificate,
    Coverage,
    Publication,
    PublishedAnswer,
    Response,
)
from evidence_review.assessments.queries import responses_in_order, visible_assessments
from evidence_review.assessments.seen import Draft
from evidence_review.assessments.standing import Result
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Tally
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.queries import visible_evidence
from evidence_review.evidence.states import VersionState
from portal.people.models import Site, User
from portal.record.canonical import time_text

_MOST_FILES = 100
"""More than these nobody reads in a list to choose from."""


def answers_now(assessment: Assessment, day: date | None = None) -> list[PublishedAnswer]:
    """Return the answers as a publication of ``day`` would hold them, unsaved, in two queries."""
    day = day or timezone.localdate()
    responses = list(
        responses_in_order(assessment).select_related("requirement", "answered_by", "confirmed_by")
    )
    resting_on = _evidence_of(responses)
    return [
        PublishedAnswer(
            position=response.requirement.position,
            ref=response.requirement.ref,
            section=response.requirement.section,
            question=response.requirement.question_plain,
            standing=_standing(response, day),
            answer=_answer(response),
            evidence=resting_on[response.pk],
        )
        for response in responses
    ]


def sites_answered_for(assessment: Assessment) -> list[dict[str, str]]:
    """Return the sites a publication speaks for, as it keeps them."""
    if assessment.site is not None:
        return [_site(assessment.site)]
    covered = Coverage.objects.filter(assessment=assessment, ended_at__isnull=True)
    return [_site(one.site) for one in covered.select_related("site").order_by("site__name")]


def draft_of(assessment: Assessment, day: date | None = None) -> Draft:
    """Return what would be published on ``day`` (today): level, sites, answers; three queries."""
    day = day or timezone.localdate()
    return Draft(
        level=level_on(
            levels_of(assessment.edition.levels), Tally.from_json(assessment.tally), day
        ),
        sites=sites_answered_for(assessment),
        answers=answers_now(assessment, day),
    )


def visible_publications(person: User) -> QuerySet[Publication]:
    """Return the publications of the assessments the person may see, newest first."""
    return Publication.objects.filter(
        assessment__in=visible_assessments(person).values("pk")
    ).select_related("assessment__edition", "assessment__site", "published_by")


def certificate_files(
    person: User, site: Site | None, *, keep: Evidence | None = None
) -> list[Evidence]:
    """Return evidence that may be chosen as a certificate, newest first; ``keep`` always.

    It is of the kind "certificate", or has the word in its title, and belongs to the site or to the
    whole organisation.
    """
    found = visible_evidence(person).filter(
        Q(type__code="certificate") | Q(title__icontains="certificate"),
        Q(site__isnull=True) | Q(site=site),
    )
    newest = list(found.order_by("-created_at", "-pk")[:_MOST_FILES])
    return newest if keep is None or keep in newest else [keep, *newest]


def certificates_for(assessment: Assessment) -> QuerySet[Certificate]:
    """Return the certificates that count for an assessment: its site's and the organisation's."""
    names = [level.certificate for level in levels_of(assessment.edition.levels)]
    mine = Q(site__isnull=True) | Q(site=assessment.site_id)
    return Certificate.objects.filter(mine, name__in=names).select_related("site", "evidence")


def by_section(answers: Iterable[PublishedAnswer]) -> dict[str, list[PublishedAnswer]]:
    """Return answers by their section, both in the order they come in."""
    found: defaultdict[str, list[PublishedAnswer]] = defaultdict(list)
    for answer in answers:
        found[answer.section].append(answer)
    return dict(found)


def _standing(response: Response, day: date) -> str:
    result = Result(Standing(response.standing), response.good_until)
    lapsed = result.standing == Standing.COMPLETE and not result.complete_on(day)
    return Standing.IN_PROGRESS.value if lapsed else result.standing.value


def _answer(response: Response) -> dict[str, Any]:
    return {
        "kind": response.requirement.answer_kind,
        "title": response.requirement.title,
        "tick": response.tick,
        "text": response.text,
        "kept_where": response.kept_where,
        "link": response.link,
        "document_date": _day(response.document_date),
        "not_applicable": response.not_applicable,
        "reason_not_applicable": response.reason_not_applicable,
        "comment": response.comment,
        "answered_by": response.answered_by.actor_label if response.answered_by else "",
        "answered_at": _moment(response.answered_at),
        "confirmed_by": response.confirmed_by.actor_label if response.confirmed_by else "",
        "confirmed_at": _moment(response.confirmed_at),
    }


def _evidence_of(responses: Sequence[Response]) -> dict[int, list[dict[str, str | int]]]:
    months = {one.pk: one.requirement.freshness_months for one in responses}
    approved = EvidenceVersion.objects.filter(
        evidence=OuterRef("evidence"), state=VersionState.APPROVED
    )
    rows = (
        AnswerEvidence.objects.filter(response__in=months)
        .select_related("evidence")
        .annotate(
            version=Subquery(approved.values("number")[:1]),
            version_sha256=Subquery(approved.values("sha256")[:1]),
            approved_at=Subquery(approved.values("state_since")[:1]),
        )
        .order_by("evidence__title", "evidence__pk")
    )
    found: defaultdict[int, list[dict[str, str | int]]] = defaultdict(list)
    for row in rows:
        good_until = row.approved_at and evidence_good_until(
            approved_on=timezone.localdate(row.approved_at),
            period_end=row.evidence.period_end,
            review_date=row.evidence.review_date,
            freshness_months=months[row.response_id],
        )
        found[row.response_id].append(
            {
                "evidence": row.evidence.public_id,
                "title": row.evidence.title,
                "version": row.version or 0,
                "sha256": row.version_sha256 or "",
                "good_until": _day(good_until),
            }
        )
    return found


def _site(site: Site) -> dict[str, str]:
    return {
        "site": site.public_id,
        "name": site.name,
        "ods_code": site.ods_code,
        "cqc_location_id": site.cqc_location_id,
    }


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _moment(value: datetime | None) -> str:
    return time_text(value) if value else ""
