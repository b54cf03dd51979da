"""What is kept of people here, and how it is erased; see ``portal.people.traces``."""

from portal.people.traces import Fate, Place, Subject
from portal.shared_devices.models import DeviceSession, NameLock, Pin, WrongPin

_KEPT = (Pin, NameLock, WrongPin, DeviceSession)


def duties(subject: Subject) -> list[str]:
    """Nobody has a duty here."""
    return []


def places(subject: Subject) -> list[Place]:
    """Say what is kept of their PIN."""
    if subject.person is None:
        return []
    count = sum(model.objects.filter(person=subject.person).count() for model in _KEPT)
    return [Place("PIN and sessions on shared tablets", count, Fate.DELETED)]


def erase(subject: Subject) -> None:
    """Take it away."""
    if subject.person is not None:
        for model in _KEPT:
            model.objects.filter(person=subject.person).delete()
