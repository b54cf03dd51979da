"""How assessments stood at a moment: answers, what they rested on, and the tally of both.

From the history: the answers, the actions, the certificates. From the record: what evidence was
approved when. From rows that are only added: publications. From rows and the record together: what
an answer rested on (a row says since when; an event tells of what was taken away since). Words that
an answer was started with have no history; such an answer counts as not begun before its first
save. Requirements, levels and freshness are those of today's catalogue.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from evidence_review.assessments.actions.restate import facts_of_answer
from evidence_review.assessments.freshness import evidence_good_until
from evidence_review.assessments.models import (
    AnswerEvidence,
    Assessment,
    Certificate,
    ImprovementAction,
    Publication,
    Response,
)
from evidence_review.assessments.past_links import linked_then
from evidence_review.assessments.standing import EvidenceFacts, standing_of
from evidence_review.assessments.states import PLANNED
from evidence_review.assessments.tally import Item, Tally
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.past import Approval, approvals_then, evidence_then
from portal.record.models import Event
from portal.record.moments import Moment
from portal.record.past_rows import as_model, rows_then
from portal.record.verbs import Verb


@dataclass(frozen=True)
class _Resting:
    """What was there to rest on: evidence by primary key, and when each was approved."""

    evidence: Mapping[int, Evidence]
    approved: Mapping[str, Approval]

    def facts(self, pk: int, freshness_months: int | None) -> EvidenceFacts:
        evidence = self.evidence.get(pk)
        approval = self.approved.get(evidence.public_id) if evidence else None
        if evidence is None or approval is None:
            return EvidenceFacts(is_approved=False)
        good_until = evidence_good_until(
            approved_on=timezone.localdate(approval.at),
            period_end=evidence.period_end,
            review_date=evidence.review_date,
            freshness_months=freshness_months,
        )
        return EvidenceFacts(is_approved=True, good_until=good_until)


def tallies_then(assessments: Iterable[Assessment], moment: Moment) -> dict[int, Tally]:
    """Count assessments as they stood, by primary key; one that was not started yet is left out.

    Some twenty queries, whatever there is.
    """
    begun = _begun(moment)
    there = {one.pk: one for one in assessments if one.public_id in begun}
    responses = _responses(there, moment)
    rested = _rested(responses, moment)
    described = evidence_then(moment)
    approved = {ref: approval for (ref, _), approval in approvals_then(moment).items()}
    resting = _Resting({one.pk: one for one in described.values()}, approved)
    planned = _planned(moment)
    items: defaultdict[int, list[Item]] = defaultdict(list)
    for one in responses:
        months = one.requirement.freshness_months
        facts = facts_of_answer(one, [resting.facts(pk, months) for pk in sorted(rested[one.pk])])
        items[one.assessment_id].append(
            Item(
                section=one.requirement.section,
                levels=one.requirement.levels,
                result=standing_of(facts),
                is_planned=(one.assessment_id, one.requirement_id) in planned,
            )
        )
    published = set(
        Publication.objects.filter(published_at__lt=moment.history_before).values_list(
            "assessment__site_id", flat=True
        )
    )
    certificates = rows_then(Certificate, moment, or_oldest=False).values()
    return {
        pk: Tally.of(
            items[pk],
            published=one.site_id in published,
            certificates=_spans(certificates, one.site_id),
        )
        for pk, one in there.items()
    }


def _begun(moment: Moment) -> set[str]:
    """Return the public ids of the assessments that the record says were started by then."""
    verbs = (Verb.ASSESSMENT_STARTED, Verb.ASSESSMENT_ROLLED_OVER)
    events = Event.objects.filter(verb__in=verbs, object_kind="assessment", seq__lte=moment.size)
    return set(events.order_by().values_list("object_ref", flat=True))


def _responses(there: Mapping[int, Assessment], moment: Moment) -> list[Response]:
    """Return the answers as they read, each with its requirement of today; those without, blank."""
    rows = rows_then(Response, moment, or_oldest=False)
    found = Response.objects.filter(assessment__in=there, requirement__is_retired=False)
    answers = []
    for today in found.select_related("requirement").order_by("requirement__position"):
        row = rows.get(today.pk)
        then = as_model(Response, row) if row else Response(pk=today.pk, public_id=today.public_id)
        then.assessment, then.requirement = there[today.assessment_id], today.requirement
        answers.append(then)
    return answers


def _rested(responses: Collection[Response], moment: Moment) -> defaultdict[int, set[int]]:
    """Return by answer which evidence it rested on."""
    rested: defaultdict[int, set[int]] = defaultdict(set)
    next_at = Event.objects.filter(seq=moment.size + 1).values_list("at", flat=True).first()
    doubtful: set[str] = set()
    links = AnswerEvidence.objects.values_list(
        "response_id", "evidence_id", "evidence__public_id", "added_at"
    )
    for response, evidence, ref, added_at in links:
        if added_at < moment.history_before:
            rested[response].add(evidence)
        elif next_at is None or added_at <= next_at:
            # Written in the transaction of the moment's last event, or in that of the next one.
            doubtful.add(ref)
    later = Event.objects.filter(
        seq__gt=moment.size, verb__in=(Verb.RESPONSE_UNLINKED, Verb.EVIDENCE_UNLINKED)
    )
    found = later.values_list("verb", "object_ref", "body")
    gone = doubtful | {
        str(json.loads(bytes(body))["facts"]["evidence"]) if verb == Verb.RESPONSE_UNLINKED else ref
        for verb, ref, body in found
    }
    for answer, evidence in linked_then(responses, gone, moment) if gone else ():
        rested[answer].add(evidence)
    return rested


def _planned(moment: Moment) -> set[tuple[int, int]]:
    rows = rows_then(ImprovementAction, moment, or_oldest=False).values()
    return {(row.assessment_id, row.requirement_id) for row in rows if row.state in PLANNED}


def _spans(certificates: Iterable[Any], site: int | None) -> dict[str, list[tuple[str, str]]]:
    spans: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in certificates:
        if row.site_id in (None, site):
            spans[row.name].append((row.starts.isoformat(), row.ends.isoformat()))
    return spans
