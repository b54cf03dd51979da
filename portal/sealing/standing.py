"""How the seal stands, in a sentence for people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from portal.chrome.words import moment
from portal.record.models import Event
from portal.sealing.models import Seal, SealProblem

TOO_LATE = timedelta(minutes=10)
"""An event this old without a seal means that no sealer is at work."""


BROKEN_ADVICE = (
    "Stop the portal, keep the database and the sealer's folder as they are, and find out who "
    "changed the record. Was a backup put back? Then follow “After a restore” in the guide."
)

LATE_ADVICE = (
    "See that the sealer runs: it is started with the portal, or with manage.py run_sealer. Its "
    "log says what went wrong."
)


class SealState(StrEnum):
    """Whether the record is sealed as promised."""

    SEALED = "sealed"
    LATE = "late"
    STUCK = "stuck"
    """The sealer cannot work; nothing need be wrong with the record."""
    BROKEN = "broken"


_TITLES = {
    SealState.SEALED: "The record is sealed",
    SealState.LATE: "The record is not being sealed",
    SealState.STUCK: "The record is not being sealed",
    SealState.BROKEN: "The seal of the record is broken",
}


@dataclass(frozen=True)
class SealStanding:
    """The state, what was seen, and what to do when it is not well."""

    state: SealState
    seen: str
    advice: str = ""

    @property
    def title(self) -> str:
        """The state in a few words, for a heading."""
        return _TITLES[self.state]


def seal_standing(now: datetime | None = None) -> SealStanding:
    """Return how the seal stands now, from a few rows at most."""
    now = now or timezone.now()
    last = Seal.objects.first()
    problem = open_problem()
    if problem is not None:
        return _broken(problem) if problem.kind == SealProblem.Kind.RECORD else _stuck(problem)
    sealed = last.size if last else 0
    waiting = Event.objects.filter(seq__gt=sealed).order_by("seq").values_list("at", flat=True)
    oldest = waiting.first()
    if oldest is not None and now - oldest > TOO_LATE:
        seen = f"Nothing after event {sealed} is sealed, since {moment(oldest)}"
        return SealStanding(SealState.LATE, seen, LATE_ADVICE)
    if last is None:
        return SealStanding(SealState.SEALED, "Nothing has happened yet that could be sealed")
    return SealStanding(SealState.SEALED, f"Sealed up to event {sealed}, {_ago(now, last)}")


def open_problem() -> SealProblem | None:
    """Return what was found first and is not over: of the record before of the sealer."""
    problems = SealProblem.objects.filter(ended_at=None).exclude(kind=SealProblem.Kind.LATE)
    return problems.select_related("last_good").order_by("kind", "found_at", "pk").first()


def standing_sentence() -> str:
    """Return how the seal stands in a sentence or two, for the top of the record's page."""
    standing = seal_standing()
    return f"{standing.seen}. {standing.advice}".strip()


def _broken(problem: SealProblem) -> SealStanding:
    """Say what the sealer found and what to do."""
    good = problem.last_good
    until = f" Event {good.size} was sealed on {moment(good.sealed_at)}." if good else ""
    return SealStanding(
        SealState.BROKEN,
        f"The seal is broken: {problem.sentence}.{until}".removesuffix("."),
        BROKEN_ADVICE,
    )


def _stuck(problem: SealProblem) -> SealStanding:
    """Say what keeps the sealer from working."""
    seen = f"Nothing has been sealed since {moment(problem.found_at)}: {problem.sentence}"
    return SealStanding(SealState.STUCK, seen.removesuffix("."), problem.advice)


def _ago(now: datetime, seal: Seal) -> str:
    """Return how long ago a seal was made, in minutes, or its day and time."""
    minutes = int((now - seal.sealed_at).total_seconds() // 60)
    if minutes < 1:
        return "less than a minute ago"
    if minutes == 1:
        return "1 minute ago"
    hour = 60
    return f"{minutes} minutes ago" if minutes < hour else f"on {moment(seal.sealed_at)}"
