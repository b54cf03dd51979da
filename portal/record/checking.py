"""Looking at everything that must always be true, check by check, and keeping what was found.

Every check is a job of its own, because together they read all there is. What they find is kept in
a ``RecordCheck``, with an event of the record, and rooms above are told of what was not there the
last time: functions ``(check, new differences)`` in the setting ``RECORD_CHECK_FOLLOWERS``.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.jobs import enqueue
from portal.record.actors import Actor
from portal.record.invariants import Broken, Outcome, run_check
from portal.record.models import CheckRun, LogHead, RecordCheck
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb

log = logging.getLogger(__name__)
KEPT_OF_ONE = 100
"""Differences of one check that are kept word for word; all of them are counted."""
STUCK = timedelta(minutes=30)
WELL, DIFFERENT = "well", "differences"
_NEXT = "portal.record.tasks.check_next"
_THE_RECORD = ObjectRef("record", "all")


@dataclass(frozen=True)
class Asker:
    """Who asked for a check, as it was written down when they did."""

    actor_ref: str
    actor_label: str


def begin_check(*, actor: Actor) -> CheckRun:
    """Put a look at everything into the queue, or return the one that is under way already.

    One that nothing was heard of for ``STUCK`` is given up: its job was lost.
    """
    with transaction.atomic():
        # The head serialises those who ask at the same moment.
        LogHead.objects.select_for_update().get()
        CheckRun.objects.filter(moved_at__lt=timezone.now() - STUCK).delete()
        run = CheckRun.objects.order_by("pk").first()
        if run is None:
            run = CheckRun.objects.create(
                asked_by=actor.actor_ref,
                asked_by_label=actor.actor_label,
                names=list(settings.INVARIANTS),
            )
            enqueue(_NEXT, run.pk)
    return run


def check_next(run_id: int) -> RecordCheck | None:
    """Do the next check of a run; return the result when it was the last.

    Holds no lock while it looks. Of two jobs that did the same check the first counts.
    """
    run = CheckRun.objects.filter(pk=run_id).first()
    if run is None or len(run.found) >= len(run.names):
        return None
    done = len(run.found)
    name = run.names[done]
    known = name in settings.INVARIANTS
    outcome = run_check(name) if known else Outcome(name, "No longer checked", [], 0.0)
    with transaction.atomic():
        run = CheckRun.objects.select_for_update().filter(pk=run_id).first()
        if run is None or len(run.found) != done:
            return None
        run.found.append(_bounded(outcome))
        run.moved_at = timezone.now()
        run.save(update_fields=("found", "moved_at"))
        if len(run.found) == len(run.names):
            return _finish(run)
        enqueue(_NEXT, run.pk)
    return None


def differences_of(check: RecordCheck | None) -> list[Broken]:
    """Return the differences that a check has kept."""
    return [Broken(name, sentence) for name, sentence in check.differences] if check else []


def new_differences(check: RecordCheck) -> list[Broken]:
    """Return the differences of a check that the one before it had not found."""
    before = RecordCheck.objects.filter(pk__lt=check.pk).order_by("-pk").first()
    known = set(differences_of(before))
    return [broken for broken in differences_of(check) if broken not in known]


def _bounded(outcome: Outcome) -> dict[str, object]:
    kept = outcome.to_json()
    return {
        **kept,
        "sentences": outcome.sentences[:KEPT_OF_ONE],
        "count": len(outcome.sentences),
    }


def _finish(run: CheckRun) -> RecordCheck:
    count = sum(one["count"] for one in run.found)
    event = record(
        Verb.RECORD_CHECKED,
        _THE_RECORD,
        actor=Asker(run.asked_by, run.asked_by_label),
        after=DIFFERENT if count else WELL,
        facts={
            "checks": len(run.found),
            "differences": count,
            "events": LogHead.objects.values_list("size", flat=True).get(),
        },
    )
    check = RecordCheck.objects.create(
        event=event,
        started_at=run.begun_at,
        ended_at=timezone.now(),
        is_ok=not count,
        counts=[
            {"name": one["name"], "about": one["about"], "differences": one["count"]}
            | {"seconds": one["seconds"]}
            for one in run.found
        ],
        difference_count=count,
        differences=[[one["name"], said] for one in run.found for said in one["sentences"]],
    )
    run.delete()
    new = new_differences(check)
    for broken in new:
        log.error("Invariant %s is broken: %s", broken.name, broken.sentence)
    for path in settings.RECORD_CHECK_FOLLOWERS if new else ():
        import_string(path)(check, new)
    return check
