"""Take a pack to work on, so that a job delivered twice does its work once.

One pack is worked on at a time, so that a long one never takes all workers from virus checks.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from evidence_review.packs.models import Pack
from evidence_review.packs.states import UNDER_WAY, PackVerb, may, next_state
from evidence_review.scanning.processes import is_gone, this_process

LEASE = timedelta(minutes=2)
"""How long a claim holds without a sign of life."""
MOST_ATTEMPTS = 3


class ClaimLost(Exception):
    """The pack was stopped, or another job has taken it over."""


class Busy(Exception):
    """Another pack is being worked on."""


@dataclass(frozen=True)
class Claim:
    """One job's hold on one pack. ``word`` is in the row for as long as the hold lasts."""

    pack: Pack
    word: str

    @property
    def is_one_too_many(self) -> bool:
        """Whether every attempt was used up by jobs that died over it."""
        return self.pack.attempts > MOST_ATTEMPTS


@transaction.atomic
def claim_pack(public_id: str, verb: PackVerb) -> Claim | None:
    """Claim a pack for a step; ``None`` when it has no such step or another job does it.

    Raises:
        Busy: another pack is being worked on.
    """
    under_way = list(
        Pack.objects.select_for_update(of=("self",)).filter(state__in=UNDER_WAY).order_by("pk")
    )
    pack = next((one for one in under_way if one.public_id == public_id), None)
    if pack is None or not may(pack.state, verb) or _is_held(pack):
        return None
    if any(_is_held(other) for other in under_way):
        raise Busy
    now = timezone.now()
    pack.state, pack.state_since = next_state(pack.state, verb), now
    pack.claim = secrets.token_hex(12)
    pack.holder = this_process()
    pack.claimed_until = now + LEASE
    pack.attempts += 1
    pack.bytes_done = 0
    pack.save(
        update_fields=[
            "state",
            "state_since",
            "claim",
            "holder",
            "claimed_until",
            "attempts",
            "bytes_done",
        ]
    )
    return Claim(pack, pack.claim)


def show_progress(claim: Claim, done: int) -> None:
    """Keep how many bytes are packed; a sign of life. Raises ``ClaimLost``."""
    _update(claim, bytes_done=done, claimed_until=timezone.now() + LEASE)


def move_on(claim: Claim, verb: PackVerb) -> None:
    """Take the next step of the same job. Raises ``ClaimLost``."""
    now = timezone.now()
    state = next_state(claim.pack.state, verb)
    _update(claim, state=state, state_since=now, claimed_until=now + LEASE)
    claim.pack.state = state


def release(claim: Claim) -> None:
    """Let go of a pack; no harm if the hold is lost."""
    held = Pack.objects.filter(pk=claim.pack.pk, claim=claim.word)
    held.update(claim="", holder="", claimed_until=None)


def locked(claim: Claim) -> Pack:
    """Lock the claimed pack within a transaction and return it. Raises ``ClaimLost``."""
    pack = (
        Pack.objects.select_for_update(of=("self",))
        .filter(pk=claim.pack.pk, claim=claim.word)
        .first()
    )
    if pack is None:
        raise ClaimLost
    return pack


def _update(claim: Claim, **values: object) -> None:
    if not Pack.objects.filter(pk=claim.pack.pk, claim=claim.word).update(**values):
        raise ClaimLost


def _is_held(pack: Pack) -> bool:
    return (
        pack.claimed_until is not None
        and pack.claimed_until > timezone.now()
        and not is_gone(pack.holder)
    )
