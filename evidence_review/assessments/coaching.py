"""Show the coach an answer as it stands in the form, and what surrounds it."""

from collections.abc import Iterable

from evidence_review.assessments.answer import Answer
from evidence_review.assessments.coach import Draft, EvidenceSeen
from evidence_review.assessments.models import Response
from evidence_review.assessments.queries.questions import AsOf
from evidence_review.assessments.queries.resting import EvidenceShown
from portal.frameworks.states import AnswerKind


def draft_of(
    response: Response,
    answer: Answer,
    *,
    evidence: Iterable[EvidenceShown],
    others: Iterable[Response],
    last_year: Response | None,
    as_of: AsOf,
) -> Draft:
    """Return what the coach looks at; ``others`` are the answers of the same assessment."""
    requirement = response.requirement
    return Draft(
        kind=AnswerKind(requirement.answer_kind),
        today=as_of.today,
        deadline=as_of.until,
        question=requirement.question_plain,
        good=requirement.good_evidence,
        freshness_months=requirement.freshness_months,
        tick=answer.tick,
        text=answer.text,
        kept_where=answer.kept_where,
        link=answer.link,
        document_date=answer.document_date,
        not_applicable=answer.not_applicable,
        reason=answer.reason_not_applicable,
        evidence=[_seen(one) for one in evidence],
        others={one.requirement.ref: one.text for one in others if one.pk != response.pk},
        last_year=last_year.text if last_year else "",
        was_reworded=bool(last_year and _was_reworded(response, last_year)),
    )


def _was_reworded(response: Response, last_year: Response) -> bool:
    return (
        bool(response.requirement.reworded)
        or response.requirement.question_plain != last_year.requirement.question_plain
    )


def _seen(shown: EvidenceShown) -> EvidenceSeen:
    return EvidenceSeen(
        title=shown.evidence.title,
        is_approved=shown.approved is not None,
        state=shown.look.label,
        good_until=shown.good_until,
    )
