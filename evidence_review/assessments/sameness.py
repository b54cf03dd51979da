"""The four questions that decide whether head office may answer for its sites. Pure.

Source: NHS England's DSPT guidance for groups of care homes: one submission may cover several sites
only when these four are the same at all of them; otherwise there is more than one submission.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from evidence_review.assessments.models import Assessment
from evidence_review.assessments.sentences import listed


@dataclass(frozen=True)
class Question:
    """One question: the field it is kept in, what is the same or not, and what that means."""

    name: str
    subject: str
    text: str
    meaning: str


QUESTIONS = (
    Question(
        "same_training",
        "induction and training",
        "Do all your sites use the same induction and data security training?",
        "New staff learn the same things, from the same material, wherever they start.",
    ),
    Question(
        "same_policies",
        "policies",
        "Do all your sites follow the same policies?",
        "One set of data protection and data security policies counts everywhere.",
    ),
    Question(
        "same_security",
        "security and breach arrangements",
        "Do all your sites keep information safe, and deal with breaches, in the same way?",
        "Records are protected the same way, and a breach is reported to the same people.",
    ),
    Question(
        "same_it",
        "IT systems",
        "Do all your sites use the same IT systems?",
        "The same care records, e-mail and devices, looked after by the same people.",
    ),
)
NAMES = tuple(question.name for question in QUESTIONS)
Answers = Mapping[str, bool | None]
"""By the name of the question; ``None`` is "not answered yet"."""


def answers_of(assessment: Assessment) -> dict[str, bool | None]:
    """Return how the four questions are answered now."""
    return {name: getattr(assessment, name) for name in NAMES}


def is_same_everywhere(answers: Answers) -> bool:
    """Tell whether all four are answered with yes."""
    return all(answers[name] for name in NAMES)


def why_not(assessment: Assessment) -> str:
    """Return in a full sentence why head office may not answer for sites, or nothing if it may."""
    answers = answers_of(assessment)
    different = [one.subject for one in QUESTIONS if answers[one.name] is False]
    if different:
        return (
            f"Head office cannot answer for its sites, because {listed(different)} "
            "are not the same at all of them. Each site needs an assessment of its own."
        )
    if None in answers.values():
        return (
            "Answer the four questions about your sites first. Head office may answer for them "
            "only when everything the questions ask about is the same at all of them."
        )
    return ""
