"""When an answer is not started, in progress or complete, and until when. Pure: facts in, word out.

The rule, told to people in docs/readiness.md: an answer is complete when somebody gave it, somebody
confirmed it, and every evidence it rests on is approved; it stays complete until the first of these
lapses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evidence_review.assessments.freshness import earliest, months_after
from evidence_review.assessments.states import WILL_LAPSE, Standing, look
from evidence_review.evidence.states import Look
from portal.frameworks.states import AnswerKind


@dataclass(frozen=True, kw_only=True)
class EvidenceFacts:
    """One evidence an answer rests on. ``good_until`` is ``None`` when it never lapses."""

    is_approved: bool
    good_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """All of an answer that its standing depends on."""

    kind: AnswerKind
    tick: bool | None = None
    has_words: bool = False
    says_where: bool = False
    not_applicable: bool = False
    has_reason: bool = False
    document_date: date | None = None
    confirmed_on: date | None = None
    freshness_months: int | None = None
    evidence: Sequence[EvidenceFacts] = ()

    @property
    def is_answered(self) -> bool:
        """Whether the question has an answer in the form it asks for; "no" is an answer too."""
        if self.not_applicable:
            return self.has_reason
        if self.kind == AnswerKind.YES_NO:
            return self.tick is not None
        if self.kind == AnswerKind.TEXT:
            return self.has_words
        return self.has_words or self.says_where or bool(self.evidence)

    @property
    def is_met(self) -> bool:
        """Whether the answer says that the thing is done; "no, not yet" does not."""
        return self.is_answered and (
            self.not_applicable or self.kind != AnswerKind.YES_NO or bool(self.tick)
        )

    @property
    def is_begun(self) -> bool:
        """Whether there is anything at all."""
        return bool(
            self.tick is not None
            or self.has_words
            or self.says_where
            or self.not_applicable
            or self.evidence
        )


@dataclass(frozen=True)
class Result:
    """A standing and the last day it lasts; ``None`` when it never lapses."""

    standing: Standing
    good_until: date | None = None

    def complete_on(self, day: date) -> bool:
        """Whether the answer is complete on ``day``."""
        return self.standing == Standing.COMPLETE and (
            self.good_until is None or self.good_until >= day
        )

    def look_on(self, today: date, day: date | None = None) -> Look:
        """Return how the answer is drawn today, by somebody who looks ahead to ``day``.

        What lapsed by today has to be done again, so it is in progress.
        """
        if not self.complete_on(today):
            lapsed = self.standing == Standing.COMPLETE
            return look(Standing.IN_PROGRESS if lapsed else self.standing)
        return look(Standing.COMPLETE) if self.complete_on(day or today) else WILL_LAPSE


def standing_of(facts: AnswerFacts) -> Result:
    """Return how an answer stands."""
    if not facts.is_begun:
        return Result(Standing.NOT_STARTED)
    approved = all(evidence.is_approved for evidence in facts.evidence)
    if facts.confirmed_on is None or not facts.is_met or not approved:
        return Result(Standing.IN_PROGRESS)
    return Result(Standing.COMPLETE, _good_until(facts, facts.confirmed_on))


def _good_until(facts: AnswerFacts, confirmed_on: date) -> date | None:
    if facts.evidence:
        return earliest(*(evidence.good_until for evidence in facts.evidence))
    if facts.freshness_months is None or facts.not_applicable:
        return None
    # Nothing is kept here to age: the document's own date does, or the day somebody confirmed it.
    begins = earliest(facts.document_date, confirmed_on) or confirmed_on
    return months_after(begins, facts.freshness_months)
