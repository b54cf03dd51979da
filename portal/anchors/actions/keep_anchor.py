"""Keep that a head of the record is in a place outside, or why it is not."""

import hashlib

from django.db import transaction
from django.utils import timezone

from portal.anchors.models import Anchor, AnchorKind, AnchorProblem
from portal.anchors.places.place import Place
from portal.people.models import User
from portal.record.actors import Actor
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.sealing.models import Seal


@transaction.atomic
def keep_anchor(seal: Seal, place: Place, receipt: bytes, *, actor: Actor) -> Anchor | None:
    """Keep that a place took a seal; what was wrong with it before is over.

    Kept already, as when a job is delivered twice, it changes nothing and returns ``None``.
    """
    anchor, is_new = Anchor.objects.get_or_create(
        kind=place.kind,
        where=place.where,
        seal=seal,
        defaults={"is_outside": place.is_outside, "receipt": receipt},
    )
    if not is_new:
        return None
    end_problems(place.kind, place.where)
    _write_down(anchor, actor=actor, label=place.label)
    return anchor


@transaction.atomic
def checkpoint_downloaded(seal: Seal, *, actor: User) -> Anchor:
    """Keep that a person took the checkpoint with them."""
    anchor = Anchor.objects.create(
        kind=AnchorKind.DOWNLOAD, where=actor.actor_ref, seal=seal, is_outside=False
    )
    _write_down(anchor, actor=actor, label=actor.actor_label)
    return anchor


@transaction.atomic
def keep_anchor_problem(place: Place, sentence: str) -> AnchorProblem:
    """Keep why a place took nothing. The same again only moves when it was last seen.

    Not an event of the record, in which nothing happened.
    """
    now = timezone.now()
    problems = AnchorProblem.objects.select_for_update().filter(
        kind=place.kind, where=place.where, ended_at=None
    )
    known = problems.filter(sentence=sentence).first()
    if known is not None:
        known.seen_at = now
        known.save(update_fields=("seen_at",))
        return known
    problems.update(ended_at=now)
    return AnchorProblem.objects.create(
        kind=place.kind, where=place.where, sentence=sentence, found_at=now, seen_at=now
    )


def end_problems(kind: str, where: str) -> None:
    """Say that what was wrong with a place is over."""
    problems = AnchorProblem.objects.filter(kind=kind, where=where, ended_at=None)
    problems.update(ended_at=timezone.now())


def _write_down(anchor: Anchor, *, actor: Actor, label: str) -> None:
    """Write the event of a copy outside."""
    record(
        Verb.CHECKPOINT_ANCHORED,
        ObjectRef("checkpoint", str(anchor.seal.size)),
        actor=actor,
        sha256=hashlib.sha256(anchor.seal.note.encode()).hexdigest(),
        facts={
            "kind": anchor.kind,
            "where": anchor.where,
            "outside": int(anchor.is_outside),
            "root": anchor.seal.root,
        },
        detail={"place": label},
    )
