"""Make and revoke a person's key to the API."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from portal.people.answers import NotPermitted
from portal.people.models import ApiToken, User
from portal.record.actors import SystemActor
from portal.record.record import record
from portal.record.verbs import Verb

PREFIX = "wk_"
"""Makes a leaked token easy to find and to recognise."""


def digest_of(token: str) -> str:
    """Return what is kept of a token. It has 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_token(person: User, name: str, *, actor: User | SystemActor) -> tuple[ApiToken, str]:
    """Make a token for ``person``; return its row and the token itself, which is not kept.

    Raises:
        NotPermitted: somebody else than the person or the portal asks for it.
    """
    if isinstance(actor, User) and actor.pk != person.pk:
        raise NotPermitted("You can make API tokens only for yourself.")
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(person=person, name=name, digest=digest_of(token))
    record(
        Verb.TOKEN_CREATED,
        person.record_ref,
        actor=actor,
        facts={"token": row.pk},
        detail={"name": name},
    )
    return row, token


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: User | SystemActor) -> None:
    """Make a token worthless at once. Doing it twice does no harm.

    Raises:
        NotPermitted: somebody else than its owner or the portal asks for it.
    """
    row = ApiToken.objects.select_for_update().select_related("person").get(pk=token.pk)
    if isinstance(actor, User) and actor.pk != row.person_id:
        raise NotPermitted("You can revoke only your own API tokens.")
    if row.revoked_at is not None:
        return
    row.revoked_at = timezone.now()
    row.save(update_fields=("revoked_at",))
    record(
        Verb.TOKEN_REVOKED,
        row.person.record_ref,
        actor=actor,
        facts={"token": row.pk},
        detail={"name": row.name},
    )
