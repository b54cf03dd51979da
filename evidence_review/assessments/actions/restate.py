"""Work out anew how answers stand, and the tallies of their assessments. The only writer of both.

Called by whatever changes an answer, its evidence, its actions, or the facts a level asks for, in
the same transaction. It touches the answers named and the tallies of their assessments, whatever
else the portal holds.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from evidence_review.assessments.freshness import evidence_good_until
from evidence_review.assessments.models import (
    AnswerEvidence,
    Assessment,
    Certificate,
    ImprovementAction,
    Publication,
    Response,
)
from evidence_review.assessments.standing import AnswerFacts, EvidenceFacts, Result, standing_of
from evidence_review.assessments.states import PLANNED, Standing
from evidence_review.assessments.tally import Item, Tally
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from portal.frameworks.states import AnswerKind


def restate(response_ids: Collection[int]) -> list[Response]:
    """Bring the standing of these answers up to date; return those that changed.

    Their assessments are locked first, so that two changes at once are counted one after the other.
    """
    assessments = set(
        Response.objects.filter(pk__in=response_ids).values_list("assessment_id", flat=True)
    )
    _lock(assessments)
    responses = list(
        Response.objects.filter(pk__in=response_ids).select_related("requirement").order_by("pk")
    )
    changed = []
    for response, result in zip(responses, results_of(responses), strict=True):
        if (response.standing, response.good_until) != (result.standing, result.good_until):
            response.standing, response.good_until = result.standing, result.good_until
            changed.append(response)
    Response.objects.bulk_update(changed, ("standing", "good_until"))
    if changed:
        _retally({response.assessment_id for response in changed})
    return changed


def retally(assessment_ids: Collection[int]) -> None:
    """Count these assessments anew: an action, a publication or a certificate changed."""
    _lock(assessment_ids)
    _retally(assessment_ids)


def results_of(responses: Sequence[Response]) -> list[Result]:
    """Work out how answers stand, from the tables as they are now, in one question."""
    resting_on = _evidence_facts(responses)
    return [standing_of(facts_of_answer(one, resting_on[one.pk])) for one in responses]


def tallies_of(assessment_ids: Collection[int]) -> dict[int, Tally]:
    """Count assessments from their answers' kept standings, in four questions for any number."""
    items = _items(assessment_ids)
    assessments = Assessment.objects.filter(pk__in=assessment_ids).values_list("pk", "site_id")
    published = set(Publication.objects.values_list("assessment__site_id", flat=True).distinct())
    certificates = _certificates()
    return {
        pk: Tally.of(
            items[pk],
            published=site in published,
            certificates=_spans(certificates, {None, site}),
        )
        for pk, site in assessments
    }


def _lock(assessment_ids: Collection[int]) -> None:
    rows = Assessment.objects.select_for_update(no_key=True).filter(pk__in=assessment_ids)
    list(rows.order_by("pk").values_list("pk", flat=True))


def _retally(assessment_ids: Collection[int]) -> None:
    assessments = [
        Assessment(pk=pk, tally=tally.to_json()) for pk, tally in tallies_of(assessment_ids).items()
    ]
    Assessment.objects.bulk_update(assessments, ("tally",), batch_size=100)


def _evidence_facts(responses: Sequence[Response]) -> dict[int, list[EvidenceFacts]]:
    months = {response.pk: response.requirement.freshness_months for response in responses}
    approved = EvidenceVersion.objects.filter(
        evidence=OuterRef("evidence"), state=VersionState.APPROVED
    )
    rows = (
        AnswerEvidence.objects.filter(response__in=months)
        .annotate(approved_at=Subquery(approved.values("state_since")[:1]))
        .values_list("response_id", "approved_at", "evidence__period_end", "evidence__review_date")
    )
    facts: defaultdict[int, list[EvidenceFacts]] = defaultdict(list)
    for response_id, approved_at, period_end, review_date in rows:
        if approved_at is None:
            facts[response_id].append(EvidenceFacts(is_approved=False))
            continue
        good_until = evidence_good_until(
            approved_on=timezone.localdate(approved_at),
            period_end=period_end,
            review_date=review_date,
            freshness_months=months[response_id],
        )
        facts[response_id].append(EvidenceFacts(is_approved=True, good_until=good_until))
    return facts


def facts_of_answer(response: Response, evidence: Sequence[EvidenceFacts]) -> AnswerFacts:
    """Return all of an answer that its standing depends on; no query of its own."""
    confirmed = response.confirmed_at
    return AnswerFacts(
        kind=AnswerKind(response.requirement.answer_kind),
        tick=response.tick,
        has_words=bool(response.text.strip()),
        says_where=bool(response.kept_where.strip() or response.link),
        not_applicable=response.not_applicable,
        has_reason=bool(response.reason_not_applicable.strip()),
        document_date=response.document_date,
        confirmed_on=timezone.localdate(confirmed) if confirmed else None,
        freshness_months=response.requirement.freshness_months,
        evidence=evidence,
    )


def _items(assessment_ids: Collection[int]) -> dict[int, list[Item]]:
    planned = ImprovementAction.objects.filter(
        assessment=OuterRef("assessment"), requirement=OuterRef("requirement"), state__in=PLANNED
    )
    rows = (
        Response.objects.filter(assessment__in=assessment_ids, requirement__is_retired=False)
        .annotate(is_planned=Exists(planned))
        .values_list(
            "assessment_id",
            "requirement__section",
            "requirement__levels",
            "standing",
            "good_until",
            "is_planned",
        )
        .order_by("requirement__position")
    )
    items: defaultdict[int, list[Item]] = defaultdict(list)
    for assessment_id, section, levels, standing, good_until, is_planned in rows:
        items[assessment_id].append(
            Item(
                section=section,
                levels=levels,
                result=Result(Standing(standing), good_until),
                is_planned=is_planned,
            )
        )
    return items


def _certificates() -> list[tuple[str, int | None, str, str]]:
    rows = Certificate.objects.values_list("name", "site_id", "starts", "ends")
    return [(name, site, first.isoformat(), last.isoformat()) for name, site, first, last in rows]


def _spans(
    certificates: Iterable[tuple[str, int | None, str, str]], sites: set[int | None]
) -> dict[str, list[tuple[str, str]]]:
    spans: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, site, first, last in certificates:
        if site in sites:
            spans[name].append((first, last))
    return spans
