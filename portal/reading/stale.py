"""What is said when a text was replaced while somebody read it."""

from http import HTTPStatus

from portal.policies.models import PolicyVersion
from portal.refused import Refused


class StaleVersion(Refused):
    """The version is not in force any more: a major change was published meanwhile."""

    status = HTTPStatus.CONFLICT


class QuizNotPassed(Refused):
    """The policy has questions, and the person has not passed them yet."""

    status = HTTPStatus.CONFLICT


class QuizReplaced(Refused):
    """The questions belong to a version that is not in force any more."""

    status = HTTPStatus.CONFLICT


def replaced(read: PolicyVersion, in_force: PolicyVersion) -> StaleVersion:
    """Return the refusal in words that name both versions."""
    return StaleVersion(
        f"Version {in_force.number} was published while you were reading version {read.number}. "
        "Nothing was kept. Read what changed, then confirm the new version."
    )
