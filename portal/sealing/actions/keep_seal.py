"""Keep what the sealer says, for the screens and the packs."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.record.checkpoints import Checkpoint
from portal.record.notes import Note, NoteKey
from portal.sealing.models import Seal, SealKey, SealProblem

_LONGEST = 300


@transaction.atomic
def keep_seal(head: Checkpoint, note: Note, key: NoteKey, *, now: datetime | None = None) -> Seal:
    """Keep a signed head; what was wrong before is over.

    Not an event of the record: it says of the record what cannot stand in it.
    """
    now = now or timezone.now()
    SealProblem.objects.filter(ended_at=None).update(ended_at=now)
    return Seal.objects.create(
        size=head.size,
        root=head.root.hex(),
        note=str(note),
        key=SealKey.objects.get(public=str(key)),
        sealed_at=now,
    )


@transaction.atomic
def keep_problem(
    seq: int,
    sentence: str,
    *,
    now: datetime,
    kind: SealProblem.Kind = SealProblem.Kind.RECORD,
    advice: str = "",
) -> SealProblem:
    """Keep why nothing was signed. The same again only moves when it was last seen."""
    problem, is_new = SealProblem.objects.get_or_create(
        sentence=sentence[:_LONGEST],
        ended_at=None,
        defaults={
            "kind": kind,
            "seq": seq,
            "advice": advice[:_LONGEST],
            "last_good": Seal.objects.first(),
            "found_at": now,
            "seen_at": now,
        },
    )
    if not is_new:
        problem.seen_at = now
        problem.save(update_fields=["seen_at"])
    return problem
