"""What somebody says in answer to one question, as it comes from a form or the API."""

from dataclasses import dataclass, fields
from datetime import date

from evidence_review.assessments.models import Response
from evidence_review.assessments.standing import AnswerFacts, EvidenceFacts
from portal.frameworks.models import Requirement
from portal.frameworks.states import AnswerKind


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Everything of an answer that a person types; its evidence is linked beside it."""

    tick: bool | None = None
    text: str = ""
    kept_where: str = ""
    link: str = ""
    document_date: date | None = None
    not_applicable: bool = False
    reason_not_applicable: str = ""
    comment: str = ""

    @classmethod
    def of(cls, response: Response) -> "Answer":
        """Return the answer that is kept."""
        return cls(**{name: getattr(response, name) for name in FIELDS})

    def changed_from(self, before: "Answer") -> list[str]:
        """Return the names of the fields that differ."""
        return [name for name in FIELDS if getattr(self, name) != getattr(before, name)]

    def is_given(self, requirement: Requirement, *, evidence_count: int) -> bool:
        """Tell whether this answers the question in the form it asks for."""
        return AnswerFacts(
            kind=AnswerKind(requirement.answer_kind),
            tick=self.tick,
            has_words=bool(self.text.strip()),
            says_where=bool(self.kept_where.strip() or self.link),
            not_applicable=self.not_applicable,
            has_reason=bool(self.reason_not_applicable.strip()),
            evidence=[EvidenceFacts(is_approved=False)] * evidence_count,
        ).is_answered


FIELDS = tuple(field.name for field in fields(Answer))
