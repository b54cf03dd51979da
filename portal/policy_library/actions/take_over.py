"""Note that somebody put what is new in a starter into the adopted policy, by hand."""

from typing import ClassVar

from django.db import transaction
from django.utils import timezone

from portal.people.answers import require
from portal.people.models import User
from portal.policy_library.models import Adoption, TakenOver
from portal.policy_library.permissions import user_can_adopt_starters
from portal.policy_library.queries import version_stood_on
from portal.policy_library.reading import library
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class NotTheNewestText(Refused):
    """The version that was looked at is not the newest, or was taken over before."""

    status: ClassVar[int] = 409


@transaction.atomic
def take_over(adoption: Adoption, *, actor: User, version_seen: int) -> TakenOver:
    """Mark the newest starter text as taken over. ``version_seen`` is what the actor compared.

    Raises:
        NotPermitted: when the actor may not.
        NotTheNewestText: when the library has a newer text by now, or this one is marked already.
    """
    locked = Adoption.objects.select_for_update().get(pk=adoption.pk)
    require(user_can_adopt_starters(actor))
    starter = library().get(locked.starter)
    if starter is None or starter.version != version_seen:
        raise NotTheNewestText("The starter text changed since you compared it. Compare it again.")
    before = version_stood_on(locked)
    if before >= version_seen:
        raise NotTheNewestText("Somebody has marked this starter text as taken over already.")
    row = TakenOver.objects.create(
        adoption=locked, starter_version=version_seen, by=actor, at=timezone.now()
    )
    record(
        Verb.STARTER_TAKEN_OVER,
        ObjectRef("policy", str(locked.page_id)),
        actor=actor,
        before=f"starter-{before}",
        after=f"starter-{version_seen}",
        facts={"starter": starter.code, "starter_version": version_seen},
    )
    return row
