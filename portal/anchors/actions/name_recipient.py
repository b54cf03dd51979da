"""Name somebody who is sent the seal every day."""

from dataclasses import dataclass

from django.db import transaction

from portal.anchors.models import AnchorKind, AnchorRecipient
from portal.anchors.permissions import user_can_name_recipients
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused

MOST = 20


class RecipientRefused(Refused):
    """This person cannot be named; the reason says why."""

    status = 409


@dataclass(frozen=True, kw_only=True)
class RecipientDetails:
    """Who it is: a name, an e-mail address, and whether they work elsewhere."""

    name: str
    email: str
    is_outside: bool


@transaction.atomic
def name_recipient(details: RecipientDetails, *, actor: User) -> AnchorRecipient:
    """Send somebody the newest checkpoint now, and every day from now on.

    Raises:
        NotPermitted: the actor may not say who is sent the seal.
        RecipientRefused: the address is named already, or too many people are.
    """
    # One lock for all, so that the same form sent twice names one person.
    User.objects.select_for_update().get(pk=actor.pk)
    require(user_can_name_recipients(actor))
    named = AnchorRecipient.objects.select_for_update().filter(ended_at=None)
    if named.filter(email__iexact=details.email).exists():
        raise RecipientRefused("The seal is sent to this e-mail address already.")
    if named.count() >= MOST:
        raise RecipientRefused(f"The seal is sent to {MOST} people already. End one of them first.")
    recipient = AnchorRecipient.objects.create(
        name=details.name,
        email=details.email,
        is_outside=details.is_outside,
        named_by=actor,
    )
    record(
        Verb.ANCHOR_RECIPIENT_NAMED,
        recipient.record_ref,
        actor=actor,
        facts={"outside": int(details.is_outside)},
        detail={"name": details.name, "email": details.email},
    )
    enqueue("portal.anchors.tasks.anchor", AnchorKind.MAIL.value, recipient.public_id)
    return recipient
