"""Write down that somebody takes a pack; before the first byte of it."""

from django.db import transaction

from evidence_review.inspection.actions.record_look import note_seen
from evidence_review.inspection.models import InspectorAccess, InspectorSession
from evidence_review.packs.models import Pack
from evidence_review.packs.permissions import inspector_can_download_pack, user_can_open_pack
from portal.people.answers import require
from portal.people.models import User
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def record_download(pack: Pack, *, actor: User) -> Event:
    """Record that a person is being given a pack. Raises ``NotPermitted``."""
    require(user_can_open_pack(actor, pack))
    return record(Verb.PACK_DOWNLOADED, pack.record_ref, actor=actor, sha256=pack.sha256)


@transaction.atomic
def record_inspectors_download(
    session: InspectorSession, pack: Pack, *, actor: InspectorAccess
) -> Event:
    """Record that an inspector is being given a pack. Raises ``NotPermitted``."""
    require(inspector_can_download_pack(session, pack))
    note_seen(session)
    return record(
        Verb.INSPECTOR_ACCESS_PACK_DOWNLOADED,
        pack.record_ref,
        actor=actor,
        sha256=pack.sha256,
        facts={"access": session.access.public_id},
    )
