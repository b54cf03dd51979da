"""Tell the portal which key the sealer signs with."""

from datetime import datetime

from django.db import transaction

from portal.record.canonical import time_text
from portal.record.notes import signed
from portal.sealing.models import SealKey
from portal.sealing.signing_key import KeyUnusable, SigningKey

STATEMENT = "wellkept.org/seal-key@v1"
"""The first line of the statement that names a key."""


@transaction.atomic
def register_key(key: SigningKey, *, now: datetime) -> SealKey:
    """Keep the first key of this portal, with a statement the key itself signed.

    Doing it again with the same key changes nothing.

    Raises:
        KeyUnusable: when another key was in use: a key is only ever replaced by a statement that
            the key before it signed.
    """
    kept = SealKey.objects.filter(public=str(key.public)).first()
    if kept is not None:
        return kept
    if SealKey.objects.exists():
        raise KeyUnusable(
            "This portal was sealed with another key. Put that key back; nothing is signed with "
            "this one."
        )
    text = f"{STATEMENT}\n{key.public}\nfrom {time_text(now)}\nreplaces none\n"
    return SealKey.objects.create(
        public=str(key.public),
        fingerprint=key.public.fingerprint,
        starts=now,
        statement=str(signed(text, [(key.name, key.private)])),
    )
