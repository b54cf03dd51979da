"""Erase somebody's details: what the rooms keep at once, the details of events step by step."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.erasure.finding import details_of
from portal.erasure.models import Erasure
from portal.erasure.permissions import user_can_erase
from portal.erasure.reasons import Reason
from portal.erasure.subjects import find_subject, obstacles, rooms
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.people.traces import Subject
from portal.record.erasing import AT_ONCE, erase_details
from portal.record.models import LogHead
from portal.refused import Refused

WINDOW = 20_000
"""Events that one step looks through at most."""
_STUCK = timedelta(minutes=10)
_CARRY_ON = "portal.erasure.tasks.carry_on"


class NotNow(Refused):
    """The details cannot be erased yet, or were erased already."""

    status = 409


@transaction.atomic
def erase_person(subject: Subject, *, actor: User, reason: Reason, words: str = "") -> Erasure:
    """Erase everything personal that is kept of somebody, as far as the law lets us.

    What rooms keep in rows goes in this transaction, and so do the details of the first events; a
    job follows for the others, a step at a time, so that nobody waits for long. ``words`` is more
    on the reason, kept beside the record as a detail that can be erased itself.

    Raises:
        NotPermitted: the actor may not erase.
        NotNow: the account is switched on, duties are open, or it was done already.
    """
    if subject.person is not None:
        User.objects.select_for_update().get(pk=subject.person.pk)
    found = find_subject(subject.ref.kind, subject.ref.ref)
    require(user_can_erase(actor))
    if found is None or (against := obstacles(found)):
        raise NotNow(" ".join(against) if found else "There is nobody to be erased.")
    for room in rooms():
        room.erase(found)
    try:
        with transaction.atomic():
            erasure = Erasure.objects.create(
                kind=found.ref.kind,
                ref=found.ref.ref,
                actor_ref=found.actor_ref,
                reason=reason,
                asked_by=actor,
                words=list(found.words),
                until_seq=LogHead.objects.values_list("size", flat=True).get(),
            )
    except IntegrityError as error:
        raise NotNow("These details are being erased already.") from error
    _step(erasure, actor, words, is_first=True)
    return erasure


@transaction.atomic
def erase_next(erasure_id: int, *, actor: User) -> Erasure:
    """Erase the details of the next events. One that is finished is left as it is."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure_id)
    if erasure.finished_at is None:
        _step(erasure, actor, "", is_first=False)
    return erasure


def stuck() -> list[int]:
    """Return the erasures that nobody has carried on with for a while."""
    late = Erasure.objects.filter(
        finished_at__isnull=True, moved_at__lt=timezone.now() - _STUCK
    ).order_by("pk")
    return list(late.values_list("pk", flat=True))


def _step(erasure: Erasure, actor: User, words: str, *, is_first: bool) -> None:
    until = min(erasure.at_seq + WINDOW, erasure.until_seq)
    found = details_of(
        erasure.about, erasure.actor_ref, erasure.words, after=erasure.at_seq, until=until
    )
    seqs = list(found.values_list("event_id", flat=True)[:AT_ONCE])
    if seqs or is_first:
        facts = {"reason": erasure.reason, "erasure": erasure.public_id}
        detail = {"reason": words} if words else {}
        event = erase_details(seqs, erasure.about, actor=actor, facts=facts, detail=detail)
        erasure.details += int(event.facts["details"])
    erasure.at_seq = seqs[-1] if len(seqs) == AT_ONCE else until
    erasure.moved_at = timezone.now()
    if erasure.at_seq == erasure.until_seq:
        erasure.finished_at, erasure.words = erasure.moved_at, []
    else:
        enqueue(_CARRY_ON, erasure.pk)
    erasure.save(update_fields=("at_seq", "details", "moved_at", "finished_at", "words"))
