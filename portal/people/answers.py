"""Answers to permission questions: yes, or no with the reason a person is shown."""

from dataclasses import dataclass

from portal.refused import Refused


@dataclass(frozen=True)
class Allowed:
    """Yes."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """No, because of ``reason``: a full sentence, with what to do where there is something."""

    reason: str

    def __bool__(self) -> bool:
        return False


Answer = Allowed | Denied


class NotPermitted(Refused):
    """Somebody asked for what they may not do. ``reason`` is a sentence fit to show them."""

    status = 403


def require(answer: Answer) -> None:
    """Go on when the answer is yes.

    Raises:
        NotPermitted: with the answer's reason when it is no.
    """
    if isinstance(answer, Denied):
        raise NotPermitted(answer.reason)
