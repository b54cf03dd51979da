"""Whose details may be erased, and what every room keeps of them."""

from importlib import import_module
from types import ModuleType

from django.conf import settings
from django.utils.module_loading import import_string

from portal.erasure.finding import details_of
from portal.people.traces import Fate, Find, Place, Subject
from portal.record.models import LogHead


def find_subject(kind: str, ref: str) -> Subject | None:
    """Return the person, inspector or other subject; none of that kind, or not there: nothing."""
    path = settings.ERASABLE.get(kind)
    if path is None:
        return None
    find: Find = import_string(path)
    return find(ref)


def rooms() -> list[ModuleType]:
    """Return the modules that keep something of people; see ``portal.people.traces``."""
    return [import_module(path) for path in settings.ERASES_PEOPLE]


def obstacles(subject: Subject) -> list[str]:
    """Return every sentence that says why nothing can be erased yet; an empty list when it can."""
    if subject.obstacle:
        return [subject.obstacle]
    return [sentence for room in rooms() for sentence in room.duties(subject)]


def places(subject: Subject) -> list[Place]:
    """Return what is kept of somebody, everywhere, and what becomes of it. The record comes first.

    Looks through the details of all events: a second or so for each million.
    """
    size = LogHead.objects.values_list("size", flat=True).get()
    found = details_of(subject.ref, subject.actor_ref, subject.words, after=0, until=size).count()
    record = Place(
        "Names and words beside events of the record: what they did, what was done about them, "
        "and where they are named",
        found,
        Fate.DELETED,
    )
    return [record, *(place for room in rooms() for place in room.places(subject) if place.count)]
