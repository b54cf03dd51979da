"""Whether somebody outside has a copy of the seal that is new enough, for the health page."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.anchors.models import AnchorProblem
from portal.anchors.places.directory import places
from portal.anchors.places.place import Place
from portal.anchors.queries import named_since, newest_outside, open_problems
from portal.chrome.words import in_words
from portal.health.findings import Finding, State
from portal.sealing.models import Seal

PART = "Copies of the seal outside"
LATE = timedelta(days=2)
MUCH_TOO_LATE = timedelta(days=8)
_NAME_SOMEBODY = "Name somebody outside who is sent it: Record, Copies outside."
_LOOK = "See what stops it: Record, Copies outside."


def anchors() -> Finding:
    """Return how old the newest copy outside is, and whether anything stops the next."""
    first = Seal.objects.order_by("pk").values_list("sealed_at", flat=True).first()
    if first is None:
        return Finding(PART, State.OK, "Nothing is sealed yet that could be kept outside")
    taking = places()
    if not any(place.is_outside for place in taking):
        return _nobody(timezone.now() - first)
    return _age(first) or _problem(taking) or Finding(PART, State.OK, _newest())


def _nobody(sealed_for: timedelta) -> Finding:
    """Say that nobody outside is named: at first something to do, later a danger."""
    seen = "The seal is sent to nobody outside, so nobody would see a record that was rewritten"
    if sealed_for <= MUCH_TOO_LATE:
        return Finding(PART, State.OK, seen, _NAME_SOMEBODY)
    return Finding(PART, State.DEGRADED, seen, _NAME_SOMEBODY, is_urgent=True)


def _age(first: datetime) -> Finding | None:
    """Say that the newest copy is too old; ``None`` when it is not."""
    newest = newest_outside()
    since = newest.at if newest else max(first, named_since() or first)
    age = timezone.now() - since
    if age <= LATE:
        return None
    return Finding(PART, State.DEGRADED, _newest(), _LOOK, is_urgent=age > MUCH_TOO_LATE)


def _problem(taking: list[Place]) -> Finding | None:
    """Say that some place takes nothing, though others do."""
    names = {(place.kind, place.where) for place in taking}
    found: list[AnchorProblem] = [
        problem for problem in open_problems() if (problem.kind, problem.where) in names
    ]
    if not found:
        return None
    return Finding(PART, State.DEGRADED, found[0].sentence, _LOOK)


def _newest() -> str:
    """Say how old the newest copy outside is."""
    newest = newest_outside()
    if newest is None:
        return "No copy has gone out yet"
    days = (timezone.now() - newest.at).days
    ago = f"{in_words(days, 'day,days')} ago" if days else "less than a day ago"
    return f"The newest copy went out {ago}, of {in_words(newest.seal.size, 'event,events')}"
