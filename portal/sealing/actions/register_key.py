"""Tell the portal which key the sealer signs with."""

from datetime import datetime

from django.db import transaction

from portal.record.models import LogHead
from portal.sealing.models import SealKey
from portal.sealing.signing_key import KeyUnusable, SigningKey
from portal.sealing.statements import state


@transaction.atomic
def register_key(key: SigningKey, *, now: datetime) -> SealKey:
    """Keep the first key of this portal, with a statement the key itself signed.

    Doing it again with the same key changes nothing.

    Raises:
        KeyUnusable: when another key was in use: a key is only ever replaced by a statement that
            the key before it signed, or that says that it was lost.
    """
    LogHead.objects.select_for_update().get()  # of two first sealers one comes second
    kept = SealKey.objects.filter(public=str(key.public)).first()
    if kept is not None:
        return kept
    if SealKey.objects.exists():
        raise KeyUnusable(
            "This portal was sealed with another key.",
            "Put that key back; nothing is signed with this one.",
        )
    return SealKey.objects.create(
        public=str(key.public),
        fingerprint=key.public.fingerprint,
        starts=now,
        statement=str(state(key, now=now)),
    )
