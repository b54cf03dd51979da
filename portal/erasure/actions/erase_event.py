"""Erase the details of one event: words that should never have been written there."""

from django.db import transaction

from portal.erasure.actions.erase_person import NotNow
from portal.erasure.permissions import user_can_erase
from portal.erasure.reasons import Reason
from portal.people.answers import require
from portal.people.models import User
from portal.record.erasing import erase_details
from portal.record.models import Event, EventDetail


@transaction.atomic
def erase_event(seq: int, *, actor: User, reason: Reason, words: str = "") -> Event:
    """Erase the names and words of one event; return the event that says so.

    What the rooms keep themselves (titles, names of people) stays; an event is only what was
    written down of it at that moment.

    Raises:
        NotPermitted: the actor may not erase.
        NotNow: they are erased already.
    """
    require(user_can_erase(actor))
    event = Event.objects.get(pk=seq)
    if not EventDetail.objects.filter(event=seq).exclude(text="").exists():
        raise NotNow("The names and words of this event are erased already.")
    detail = {"reason": words} if words else {}
    return erase_details([seq], event.object, actor=actor, facts={"reason": reason}, detail=detail)
