"""Remove the file of a pack when its time is over. The pack itself stays, and can be made again."""

from django.db import transaction
from django.utils import timezone

from evidence_review.packs.models import Pack
from evidence_review.packs.queries import lock_pack
from evidence_review.packs.states import PackVerb, next_state
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def remove_file(pack: Pack, *, why: str = "", actor: Actor) -> Pack:
    """Keep that the file is gone, and why if not for its age.

    The bytes are removed by the caller, after the commit.

    Raises:
        PackStepRefused: there is no file.
    """
    pack, now = lock_pack(pack.pk), timezone.now()
    before = pack.state
    pack.state, pack.state_since = next_state(pack.state, PackVerb.REMOVE), now
    pack.file_removed_at, pack.problem = now, why
    pack.save(update_fields=["state", "state_since", "file_removed_at", "problem"])
    record(
        Verb.PACK_REMOVED,
        pack.record_ref,
        actor=actor,
        before=before,
        after=pack.state,
        sha256=pack.sha256,
    )
    return pack
