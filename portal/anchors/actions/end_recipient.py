"""Stop sending the seal to somebody."""

from django.db import transaction
from django.utils import timezone

from portal.anchors.actions.keep_anchor import end_problems
from portal.anchors.models import AnchorKind, AnchorRecipient
from portal.anchors.permissions import user_can_name_recipients
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def end_recipient(recipient: AnchorRecipient, *, actor: User) -> AnchorRecipient:
    """Send this person nothing more. What they were sent stays theirs.

    Ending it twice does no harm and writes nothing more.

    Raises:
        NotPermitted: the actor may not say who is sent the seal.
    """
    recipient = AnchorRecipient.objects.select_for_update().get(pk=recipient.pk)
    require(user_can_name_recipients(actor))
    if recipient.ended_at is not None:
        return recipient
    recipient.ended_at = timezone.now()
    recipient.save(update_fields=("ended_at",))
    end_problems(AnchorKind.MAIL, recipient.public_id)
    record(
        Verb.ANCHOR_RECIPIENT_ENDED,
        recipient.record_ref,
        actor=actor,
        facts={"outside": int(recipient.is_outside)},
        detail={"name": recipient.name, "email": recipient.email},
    )
    return recipient
