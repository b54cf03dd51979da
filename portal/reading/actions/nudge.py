"""Remind those who have not confirmed a policy."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Page

from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.policies.models import PolicyPage
from portal.reading.models import Nudge
from portal.reading.permissions import sites_followed, user_can_follow_up
from portal.reading.queries.follow_up import Sites, readers_of, with_confirmation
from portal.record.record import record
from portal.record.verbs import Verb

NOT_AGAIN_WITHIN = timedelta(hours=24)
_A_JOB = 100


@dataclass(frozen=True)
class Nudged:
    """What came of it: how many are sent a reminder, had one lately, or have no address."""

    sent: int = 0
    had_one: int = 0
    without_address: list[User] = field(default_factory=list)


@transaction.atomic
def nudge(
    page: PolicyPage,
    *,
    actor: User,
    sites: Sites = None,
    role: str = "",
    only: User | None = None,
) -> Nudged:
    """Send a reminder to the actor's people who are asked to confirm a policy and have not.

    Narrowed to ``sites``, to a ``role`` or to one person where these are given. Nobody is sent a
    second one about the same policy within 24 hours; whoever has no e-mail address is named.

    Raises:
        NotPermitted: the actor does not follow up who has read what.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    require(user_can_follow_up(actor))
    waiting = readers_of(page, _both(sites_followed(actor), sites), role)
    waiting = with_confirmation(waiting, page, has=False)
    if only is not None:
        waiting = waiting.filter(pk=only.pk)
    lately = Nudge.objects.filter(
        page=page, person=OuterRef("pk"), at__gt=timezone.now() - NOT_AGAIN_WITHIN
    )
    reachable = waiting.filter(email__isnull=False)
    due = reachable.filter(~Exists(lately)).values_list("pk", flat=True)
    sent = _send(page, list(due), actor)
    return Nudged(
        sent=sent,
        had_one=reachable.count() - sent,
        without_address=list(waiting.filter(email__isnull=True)),
    )


def _both(followed: Sites, asked: Sites) -> Sites:
    """Return the sites that are both followed and asked for."""
    if followed is None or asked is None:
        return asked if followed is None else followed
    return set(followed) & set(asked)


def _send(page: PolicyPage, people: list[int], actor: User) -> int:
    """Keep a reminder to each of these people and put the sending in the queue; return how many."""
    nudges = Nudge.objects.bulk_create(
        [Nudge(page=page, person_id=person, by=actor) for person in people], batch_size=_A_JOB
    )
    for start in range(0, len(nudges), _A_JOB):
        some = [nudge.pk for nudge in nudges[start : start + _A_JOB]]
        enqueue("portal.reading.tasks.send_nudges", min(some), max(some))
    if nudges:
        record(
            Verb.POLICY_NUDGED,
            page.in_force.version.record_ref,
            actor=actor,
            facts={"people": len(nudges)},
            detail={"title": page.title},
        )
    return len(nudges)
