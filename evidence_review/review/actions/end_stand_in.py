"""End a stand-in before its last day."""

from django.db import transaction
from django.utils import timezone

from evidence_review.review.models import StandIn
from evidence_review.review.permissions import user_can_end_stand_in
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def end_stand_in(arrangement: StandIn, *, actor: User) -> StandIn:
    """End the arrangement from this moment on. What was decided under it stands.

    Ending it twice does no harm and writes nothing more.

    Raises:
        NotPermitted: the arrangement is not the actor's to end.
    """
    locked = StandIn.objects.select_for_update(of=("self",))
    arrangement = locked.select_related("person", "stand_in").get(pk=arrangement.pk)
    require(user_can_end_stand_in(actor, arrangement))
    if arrangement.ended_at is not None:
        return arrangement
    arrangement.ended_at = timezone.now()
    arrangement.save(update_fields=("ended_at",))
    record(
        Verb.STAND_IN_ENDED,
        arrangement.record_ref,
        actor=actor,
        facts={
            "person": arrangement.person.actor_ref,
            "stand_in": arrangement.stand_in.actor_ref,
        },
        detail={
            "person": arrangement.person.actor_label,
            "stand_in": arrangement.stand_in.actor_label,
        },
    )
    return arrangement
