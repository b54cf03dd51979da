"""Ask for a pack."""

from django.db import transaction

from evidence_review.inspection.models import InspectorAccess, InspectorSession
from evidence_review.inspection.permissions import user_can_end_access
from evidence_review.inspection.queries import lock_access
from evidence_review.packs.contents import scope_in_words
from evidence_review.packs.models import Pack
from evidence_review.packs.permissions import inspector_can_ask_for_pack, user_can_make_pack
from evidence_review.packs.scopes import Choice, frozen
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def request_pack(choice: Choice, *, actor: User) -> Pack:
    """Have a pack made of what a person chose, for themselves or for an inspector's access.

    Raises:
        NotPermitted: the actor does not lead all of these sites.
    """
    require(user_can_make_pack(actor, choice.sites))
    if choice.access is not None:
        require(user_can_end_access(actor, choice.access))
    return _asked(choice, requested_by=actor, actor=actor)


@transaction.atomic
def request_own_pack(session: InspectorSession, *, actor: InspectorAccess) -> Pack:
    """Have a pack made of exactly what an inspector's access shows.

    Raises:
        NotPermitted: the session is over, or too many packs were asked for.
    """
    lock_access(session.access.pk)
    require(inspector_can_ask_for_pack(session))
    choice = Choice.of_access(session.access, with_files=True)
    return _asked(choice, requested_by=None, actor=actor)


def _asked(choice: Choice, *, requested_by: User | None, actor: Actor) -> Pack:
    pack = Pack.objects.create(
        scope=frozen(choice),
        with_files=choice.with_files,
        access=choice.access,
        requested_by=requested_by,
    )
    record(
        Verb.PACK_REQUESTED,
        pack.record_ref,
        actor=actor,
        after=pack.state,
        facts={
            "editions": ",".join(pack.scope["editions"]),
            "statements": ",".join(pack.scope["statements"]),
            "sites": ",".join(pack.scope["sites"]) or "every",
            "with_files": int(pack.with_files),
            "access": pack.access.public_id if pack.access else "",
        },
        detail={"scope": dict(scope_in_words(pack.scope))},
    )
    enqueue("evidence_review.packs.tasks.settle", pack.public_id)
    return pack
