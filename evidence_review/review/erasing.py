"""What is kept of people here, and how it is erased; see ``portal.people.traces``."""

from django.db.models import Q
from django.utils import timezone

from evidence_review.review.models import Decision, StandIn
from portal.people.traces import Fate, Place, Subject


def duties(subject: Subject) -> list[str]:
    """Say whether somebody still stands in for somebody."""
    running = StandIn.objects.filter(
        _theirs(subject), ended_at__isnull=True, ends__gte=timezone.localdate()
    ).count()
    return [f"They have arrangements for a stand-in ({running}): end them."] if running else []


def places(subject: Subject) -> list[Place]:
    """Say what they decided, and why somebody stood in."""
    if subject.person is None:
        return []
    reasons = StandIn.objects.filter(_theirs(subject)).exclude(reason="").count()
    decided = Decision.objects.filter(decider=subject.person).count()
    why = "A decision and its reason prove that a second person looked. They name nobody any more."
    return [
        Place("Reasons for a stand-in, such as an illness", reasons, Fate.DELETED),
        Place("Decisions they made, with their reasons", decided, Fate.KEPT, why),
    ]


def erase(subject: Subject) -> None:
    """Take away why somebody was absent."""
    StandIn.objects.filter(_theirs(subject)).update(reason="")
    StandIn.history.filter(_theirs(subject)).update(reason="")


def _theirs(subject: Subject) -> Q:
    if subject.person is None:
        return Q(pk__in=[])
    return Q(person=subject.person.pk) | Q(stand_in=subject.person.pk)
