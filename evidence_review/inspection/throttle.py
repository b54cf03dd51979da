"""How often codes may be asked for: nobody floods a mailbox, nobody is locked out for good.

Every window rolls on, and what is counted is codes sent, never wrong tries: somebody who got hold
of a link can use up an allowance for an hour at most. An address from which a right code was once
entered keeps an allowance of its own, whatever others do.
"""

from datetime import timedelta

from django.utils import timezone

from evidence_review.inspection.models import InspectorAccess, InspectorCode
from portal.people.answers import Allowed, Answer, Denied

WINDOW = timedelta(hours=1)
REST = timedelta(seconds=30)
"""Between two codes for the same address and access."""
MOST_FOR_ADDRESS_AND_ACCESS = 5
MOST_FOR_ADDRESS = 20
MOST_FOR_ACCESS = 20

TOO_SOON = "We have just sent a code. Wait half a minute before you ask for another one."
TOO_MANY = (
    "Too many codes have been asked for. Use the newest code you were sent, "
    "or wait an hour and ask again."
)


def may_ask_for_code(access: InspectorAccess, address: str) -> Answer:
    """Whether a code may be sent now; lock the access first. ``address`` is a keyed digest."""
    now = timezone.now()
    recent = InspectorCode.objects.filter(asked_at__gt=now - WINDOW)
    here = recent.filter(access=access, address=address)
    if here.filter(asked_at__gt=now - REST).exists():
        return Denied(TOO_SOON)
    if here.count() >= MOST_FOR_ADDRESS_AND_ACCESS:
        return Denied(TOO_MANY)
    if recent.filter(address=address).count() >= MOST_FOR_ADDRESS:
        return Denied(TOO_MANY)
    if recent.filter(access=access).count() >= MOST_FOR_ACCESS and not _proven(access, address):
        return Denied(TOO_MANY)
    return Allowed()


def _proven(access: InspectorAccess, address: str) -> bool:
    return access.codes.filter(address=address, used_at__isnull=False).exists()
