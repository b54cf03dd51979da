"""What the worker does for copies outside. One place that fails never stops the others."""

import logging
from datetime import timedelta

from django.utils import timezone

from portal.anchors.actions.keep_anchor import keep_anchor, keep_anchor_problem
from portal.anchors.places.directory import place_called, places
from portal.anchors.places.place import NotKept
from portal.anchors.queries import is_kept
from portal.jobs import enqueue
from portal.record.actors import SCHEDULER
from portal.sealing.queries import newest_seal

_WAIT_MINUTES = (5, 30, 180)
log = logging.getLogger(__name__)


def anchor_everywhere() -> None:
    """Have the newest checkpoint kept in every place, one job each. Once a day."""
    for place in places():
        enqueue("portal.anchors.tasks.anchor", place.kind.value, place.where)


def anchor(kind: str, where: str, attempt: int = 0) -> None:
    """Have the newest checkpoint kept in one place, unless it is there; tried again when it fails.

    After the last try of a day the next day's job takes over.
    """
    place, seal = place_called(kind, where), newest_seal()
    if place is None or (seal and is_kept(seal, place.kind, place.where)):
        return
    if seal is None:
        _again_later(kind, where, attempt)
        return
    try:
        receipt = place.keep(seal)
    except NotKept as problem:
        log.warning("No copy of the seal in %s %s: %s", kind, where, problem)
        keep_anchor_problem(place, str(problem))
        _again_later(kind, where, attempt)
    else:
        if receipt is not None:
            keep_anchor(seal, place, receipt, actor=SCHEDULER)


def _again_later(kind: str, where: str, attempt: int) -> None:
    """Plan the next try, unless there were enough."""
    if attempt < len(_WAIT_MINUTES):
        again = timezone.now() + timedelta(minutes=_WAIT_MINUTES[attempt])
        enqueue("portal.anchors.tasks.anchor", kind, where, attempt + 1, at=again)
