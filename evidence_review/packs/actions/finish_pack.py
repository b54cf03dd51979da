"""Settle which seal a pack leads to, and keep that its file is there."""

from django.db import transaction
from django.utils import timezone

from evidence_review.packs.actions.claim_pack import Claim, locked
from evidence_review.packs.models import Pack
from evidence_review.packs.proofs import earlier_sizes
from evidence_review.packs.states import PackVerb, next_state
from portal.sealing.models import Seal


@transaction.atomic
def settle_seal(claim: Claim, seal: Seal) -> Pack:
    """Keep the seal that a pack's proofs lead to, once and for all. Raises ``ClaimLost``."""
    pack = locked(claim)
    if pack.seal_id is None:
        pack.seal, pack.earlier = seal, earlier_sizes(seal)
        pack.save(update_fields=["seal", "earlier"])
    return pack


@transaction.atomic
def finish_pack(claim: Claim, *, sha256: str, size: int) -> Pack:
    """Keep that the file is there. Raises ``ClaimLost``."""
    pack, now = locked(claim), timezone.now()
    pack.state, pack.state_since = next_state(pack.state, PackVerb.FINISH), now
    pack.sha256, pack.size = sha256, size
    pack.ready_at = pack.ready_at or now
    pack.file_removed_at = None
    pack.bytes_done, pack.attempts = pack.bytes_total, 0
    pack.save()
    return pack
