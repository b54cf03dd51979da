"""What the coach is shown of an answer, and what it says back. Pure: nothing here asks a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.frameworks.states import AnswerKind


@dataclass(frozen=True, kw_only=True)
class EvidenceSeen:
    """One evidence beside the answer; ``state`` is its state in words."""

    title: str
    is_approved: bool = True
    state: str = "Approved"
    good_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An answer as it stands in the form, and what surrounds it.

    ``others`` maps references to the texts of the other answers of the assessment. ``last_year`` is
    last year's text, ``was_reworded`` whether the question reads differently since then.
    """

    kind: AnswerKind
    today: date
    deadline: date
    question: str = ""
    good: Sequence[str] = ()
    freshness_months: int | None = None
    tick: bool | None = None
    text: str = ""
    kept_where: str = ""
    link: str = ""
    document_date: date | None = None
    not_applicable: bool = False
    reason: str = ""
    evidence: Sequence[EvidenceSeen] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    last_year: str = ""
    was_reworded: bool = False

    @property
    def words(self) -> str:
        """Everything that was written in answer: the reason, where the question does not apply."""
        if self.not_applicable:
            return self.reason.strip()
        return "\n".join(part for part in (self.text.strip(), self.kept_where.strip()) if part)

    @property
    def says_done(self) -> bool:
        """Whether the answer says that the thing is done, rather than that it is not."""
        return not self.not_applicable and self.tick is not False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at yet."""
        return not (self.words or self.evidence or self.link or self.tick is not None)


@dataclass(frozen=True)
class Hint:
    """One thing the coach says: what it noticed, why that matters, how to make it better."""

    rule: str
    what: str
    why: str
    how: str = ""
    is_good: bool = False


@dataclass(frozen=True)
class Rule:
    """One thing the coach looks for. ``code`` names it in docs/answer-coach.md."""

    code: str
    notices: Callable[[Draft], Hint | None]
