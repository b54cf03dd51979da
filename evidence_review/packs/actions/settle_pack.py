"""Bind the contents of a pack to the record."""

from django.db import transaction
from django.utils import timezone

from evidence_review.packs.actions.claim_pack import Claim, locked
from evidence_review.packs.models import Pack
from evidence_review.packs.states import PackVerb, next_state
from evidence_review.packs.writing import Draft
from portal.jobs import enqueue
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def settle_pack(claim: Claim, draft: Draft, *, actor: Actor) -> Pack:
    """Keep what a pack holds and write the hash of its manifest into the record.

    The sealer signs that at once; then the file can be written.

    Raises:
        ClaimLost: the pack was stopped meanwhile.
    """
    pack = locked(claim)
    before, contents = pack.state, draft.contents
    pack.state, pack.state_since = next_state(pack.state, PackVerb.SETTLE), timezone.now()
    pack.as_at_size, pack.as_at_time = contents.moment.size, contents.moment.at
    pack.manifest_sha256 = draft.manifest_sha256
    pack.pieces, pack.bytes_total = len(contents.evidence), contents.files_size
    pack.attempts = 0
    event = record(
        Verb.PACK_MADE,
        pack.record_ref,
        actor=actor,
        before=before,
        after=pack.state,
        sha256=pack.manifest_sha256,
        facts={
            "as_at": contents.moment.size,
            "pieces": pack.pieces,
            "bytes": pack.bytes_total,
        },
    )
    pack.event_seq = event.seq
    pack.save()
    enqueue("evidence_review.packs.tasks.pack", pack.public_id)
    return pack
