"""The questions that may follow a policy."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.people.models import User
from portal.policies.models import PolicyPage, PolicyVersion
from portal.reading.models import QuizTry


@dataclass(frozen=True)
class Question:
    """One question: its answers, the place of the right one, and why it is right."""

    text: str
    answers: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True)
class Marked:
    """A question as somebody answered it."""

    question: Question
    chosen: int

    @property
    def is_right(self) -> bool:
        """Whether they chose the right answer."""
        return self.chosen == self.question.right

    @property
    def answer(self) -> str:
        """The answer they chose, in its words."""
        return self.question.answers[self.chosen]


def questions_of(page: PolicyPage) -> list[Question]:
    """Return the questions of a policy, in their order."""
    found = []
    for block in page.quiz:
        answers = list(block.value["answers"])
        right = next(place for place, one in enumerate(answers) if one["is_right"])
        texts = tuple(str(one["text"]) for one in answers)
        found.append(Question(str(block.value["question"]), texts, right, str(block.value["why"])))
    return found


def marked(questions: Sequence[Question], chosen: Sequence[int]) -> list[Marked]:
    """Return each question with the answer that was chosen.

    Raises:
        ValueError: when there are not as many answers as questions.
    """
    return [Marked(*pair) for pair in zip(questions, chosen, strict=True)]


def score_of(answers: Sequence[Marked]) -> int:
    """Return how many per cent are right, rounded down: nobody passes by rounding."""
    return 100 * sum(one.is_right for one in answers) // len(answers)


def quiz_is_passed(page: PolicyPage, version: PolicyVersion, person: User) -> bool:
    """Tell whether nothing stands between the person and confirming: no questions, or passed.

    A try counts for every version with the same ``major``.
    """
    if not page.quiz:
        return True
    tries = QuizTry.objects.filter(
        person=person, version__page=version.page_id, version__major=version.major
    )
    return any(one.is_passed for one in tries)


def newest_try(version: PolicyVersion, person: User) -> QuizTry | None:
    """Return the person's last try at the questions of one version."""
    return QuizTry.objects.filter(person=person, version=version).first()
