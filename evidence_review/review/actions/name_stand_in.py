"""Name somebody who decides in another's place for some days."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from evidence_review.review.models import StandIn
from evidence_review.review.permissions import user_can_name_stand_in, user_can_stand_in
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused

_LONGEST_REASON = 200


class StandInNotAccepted(Refused):
    """The arrangement makes no sense as it is asked for."""


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """Who stands in for whom, from a day up to and with a day."""

    person: User
    stand_in: User
    starts: date
    ends: date
    reason: str = ""


def name_stand_in(wanted: Arrangement, *, actor: User) -> StandIn:
    """Let ``stand_in`` decide where ``person`` may, between the dates.

    Four eyes hold for both: never on what either of them uploaded or changed.

    Raises:
        NotPermitted: the actor may not name stand-ins for this person, or the one named cannot
            open the admin.
        StandInNotAccepted: the days make no sense, or the two have an arrangement on some of them.
    """
    _check(wanted)
    with transaction.atomic():
        # One lock for both, so that the same arrangement sent twice at once is made once.
        User.objects.select_for_update().get(pk=wanted.person.pk)
        require(user_can_name_stand_in(actor, wanted.person))
        require(user_can_stand_in(wanted.stand_in))
        if _overlaps(wanted):
            raise StandInNotAccepted(
                f"{wanted.stand_in} already stands in for {wanted.person} on some of these days."
            )
        made = StandIn.objects.create(**vars(wanted))
        record(
            Verb.STAND_IN_NAMED,
            made.record_ref,
            actor=actor,
            facts={
                "person": wanted.person.actor_ref,
                "stand_in": wanted.stand_in.actor_ref,
                "starts": wanted.starts.isoformat(),
                "ends": wanted.ends.isoformat(),
            },
            detail={
                "person": wanted.person.actor_label,
                "stand_in": wanted.stand_in.actor_label,
                "reason": wanted.reason,
            },
        )
        return made


def _check(wanted: Arrangement) -> None:
    if wanted.person.pk == wanted.stand_in.pk:
        raise StandInNotAccepted("Nobody stands in for themselves. Choose somebody else.")
    if wanted.ends < wanted.starts:
        raise StandInNotAccepted("The last day must not be before the first.")
    if wanted.ends < timezone.localdate():
        raise StandInNotAccepted("The last day must be today or later.")
    if len(wanted.reason) > _LONGEST_REASON or "\0" in wanted.reason:
        raise StandInNotAccepted(f"The reason must be {_LONGEST_REASON} characters or fewer.")


def _overlaps(wanted: Arrangement) -> bool:
    return StandIn.objects.filter(
        person=wanted.person,
        stand_in=wanted.stand_in,
        starts__lte=wanted.ends,
        ends__gte=wanted.starts,
        ended_at__isnull=True,
    ).exists()
