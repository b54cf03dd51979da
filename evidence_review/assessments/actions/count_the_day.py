"""Keep how every assessment stands today, for the line that shows where it is going."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from evidence_review.assessments.levels import level_on, levels_of
from evidence_review.assessments.models import Assessment, DailyStanding
from evidence_review.assessments.queries import deadline
from evidence_review.assessments.tally import Tally
from portal.record.actors import Actor
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def count_the_day(*, actor: Actor) -> int:
    """Keep today's standing of each assessment in use that has none yet; return how many.

    Done again on the same day, it keeps only what was started since, and writes no event when that
    is nothing.
    """
    today = timezone.localdate()
    counted = DailyStanding.objects.filter(day=today).values("assessment")
    waiting = Assessment.objects.filter(edition__in_use=True).exclude(pk__in=counted)
    rows = [
        standing_of_the_day(one, today)
        # What is counted is named in one order, so that two runs at once wait and do not collide.
        for one in waiting.select_related("edition").order_by("pk")
        if one.edition.levels
    ]
    if not rows:
        return 0
    DailyStanding.objects.bulk_create(rows, ignore_conflicts=True)
    record(
        Verb.ASSESSMENTS_COUNTED,
        ObjectRef("day", today.isoformat()),
        actor=actor,
        facts={"assessments": len(rows)},
    )
    return len(rows)


def standing_of_the_day(assessment: Assessment, today: date) -> DailyStanding:
    """Return how an assessment stands, by its tally; nothing is saved."""
    tally, levels = Tally.from_json(assessment.tally), levels_of(assessment.edition.levels)
    until, total = deadline(today), tally.total
    level, level_then = level_on(levels, tally, today), level_on(levels, tally, until)
    return DailyStanding(
        assessment=assessment,
        day=today,
        needed=total.needed,
        complete=total.complete_on(today),
        in_progress=total.in_progress_on(today),
        complete_on_deadline=total.complete_on(until),
        level=level.code if level else "",
        level_on_deadline=level_then.code if level_then else "",
    )
