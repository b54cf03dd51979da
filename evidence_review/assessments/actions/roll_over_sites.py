"""Carry every site's own assessment over to the next edition, in the background."""

from django.db import transaction

from evidence_review.assessments.actions.roll_over import NoWayThere
from evidence_review.assessments.permissions import user_can_start_assessment
from evidence_review.assessments.queries.rolling_over import left_behind, maps_between
from portal.frameworks.models import Edition
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User

TASK = "evidence_review.assessments.tasks.roll_over_one"


@transaction.atomic
def roll_over_sites(old: Edition, new: Edition, *, actor: User) -> int:
    """Put in one job for each site's assessment that is not in the new edition yet; count them.

    Each job carries one over as the actor would, and leaves its event. Asked twice, a site that is
    there already stays as it is.

    Raises:
        NotPermitted: the actor does not run assessments everywhere.
        NoWayThere: no map leads to the edition, or it is not in use.
    """
    require(user_can_start_assessment(actor, None))
    if not new.in_use or not maps_between(old, new).exists():
        raise NoWayThere(f"The catalogue does not say where the questions of {old} went in {new}.")
    waiting = list(left_behind(old, new).values_list("pk", flat=True))
    for pk in waiting:
        enqueue(TASK, pk, new.pk, actor.pk)
    return len(waiting)
