"""What is kept of people here, and how it is erased; see ``portal.people.traces``."""

from django.db.models import Q
from django.utils import timezone

from evidence_review.assessments.models import (
    ImprovementAction,
    NamedPerson,
    Response,
    ResponseNote,
    StatementClaim,
)
from evidence_review.assessments.states import PLANNED
from portal.people.traces import Fate, Place, Subject

_ERASED = "Erased"


def duties(subject: Subject) -> list[str]:
    """Say which duties, claims, actions and questions are still theirs."""
    person = subject.person
    if person is None:
        return []
    today = timezone.localdate()
    named = NamedPerson.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), person=person)
    claims = StatementClaim.objects.filter(owner=person, withdrawn_at__isnull=True)
    actions = ImprovementAction.objects.filter(owner=person, state__in=PLANNED)
    open_to_them = (
        (named.count(), "They are named for a duty ({}): end it, or name another person."),
        (claims.count(), "They own claims ({}): name another owner."),
        (actions.count(), "They see to actions of the plan ({}): give them to another person."),
    )
    return [sentence.format(count) for count, sentence in open_to_them if count]


def places(subject: Subject) -> list[Place]:
    """Say where their duties, answers and notes stand."""
    person = subject.person
    if person is None:
        return []
    answers = Response.objects.filter(Q(answered_by=person) | Q(confirmed_by=person)).count()
    notes = ResponseNote.objects.filter(written_by=person).count()
    why = "They are the organisation's answers. They name nobody any more as their writer."
    return [
        Place(
            "Job titles and how they were given a duty",
            NamedPerson.objects.filter(person=person).count(),
            Fate.REPLACED,
        ),
        Place("Answers and notes they wrote", answers + notes, Fate.KEPT, why),
    ]


def erase(subject: Subject) -> None:
    """Take away the words about their duties; that somebody held them stays."""
    if subject.person is None:
        return
    words = {"job_title": _ERASED, "how_assigned": _ERASED}
    NamedPerson.objects.filter(person=subject.person).update(**words)
    NamedPerson.history.filter(person=subject.person.pk).update(**words)
