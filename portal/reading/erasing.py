"""What is kept of people here, and how it is erased; see ``portal.people.traces``."""

from portal.people.traces import Fate, Place, Subject
from portal.reading.models import Acknowledgement, PolicyQuestion, QuizTry


def duties(subject: Subject) -> list[str]:
    """Nobody has a duty here."""
    return []


def places(subject: Subject) -> list[Place]:
    """Say what they asked and confirmed."""
    person = subject.person
    if person is None:
        return []
    confirmed = Acknowledgement.objects.filter(person=person).count()
    tried = QuizTry.objects.filter(person=person).count()
    why = "They prove what staff had read on a day. They name nobody any more."
    asked = PolicyQuestion.objects.filter(person=person).count()
    return [
        Place("Questions they asked about policies", asked, Fate.DELETED),
        Place("Confirmations and tries at questions", confirmed + tried, Fate.KEPT, why),
    ]


def erase(subject: Subject) -> None:
    """Take away what they asked."""
    if subject.person is not None:
        PolicyQuestion.objects.filter(person=subject.person).delete()
