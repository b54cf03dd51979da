"""What is kept of inspectors, and how it is erased; see ``portal.people.traces``."""

from django.urls import reverse

from evidence_review.inspection.models import InspectorAccess, InspectorCode, InspectorSession
from portal.people.traces import ERASED_NAME, SHORTEST_WORD, Fate, Place, Subject

KIND = "inspector_access"


def subject_of(public_id: str) -> Subject | None:
    """Return the inspector who was given this access."""
    access = InspectorAccess.objects.filter(public_id=public_id).first()
    if access is None:
        return None
    return Subject(
        ref=access.record_ref,
        actor_ref=access.actor_ref,
        label=access.name,
        words=_words_for(access),
        obstacle=_obstacle(access),
        url=reverse("inspectors:access", args=[access.public_id]),
    )


def _words_for(access: InspectorAccess) -> tuple[str, ...]:
    """Return name and address, unless another access is given to the same inspector."""
    others = InspectorAccess.objects.exclude(pk=access.pk)
    found = set()
    if access.email and not others.filter(email__iexact=access.email).exists():
        found.add(access.email)
    if len(access.name) >= SHORTEST_WORD and not others.filter(name__iexact=access.name).exists():
        found.add(access.name)
    return tuple(sorted(found))


def _obstacle(access: InspectorAccess) -> str:
    if not access.email:
        return "The details of this inspector are erased already."
    if not access.state.is_over:
        return f"The access of {access} has not ended. End it first."
    return ""


def duties(subject: Subject) -> list[str]:
    """Nobody has a duty here."""
    return []


def places(subject: Subject) -> list[Place]:
    """Say what is kept of an inspector."""
    if subject.ref.kind != KIND:
        return []
    access = InspectorAccess.objects.get(public_id=subject.ref.ref)
    codes = access.codes.count() + access.sessions.count()
    return [
        Place("Name, organisation and e-mail address", 1, Fate.REPLACED),
        Place("Codes and sessions", codes, Fate.DELETED),
        Place(
            "What the inspector could see, and when",
            1,
            Fate.KEPT,
            "It shows what was open to somebody outside. It names nobody any more.",
        ),
    ]


def erase(subject: Subject) -> None:
    """Put "Erased person" in the place of the name, and take away the address and every key."""
    if subject.ref.kind != KIND:
        return
    access = InspectorAccess.objects.get(public_id=subject.ref.ref)
    blank = {"name": ERASED_NAME, "inspector_organisation": "", "email": ""}
    InspectorAccess.objects.filter(pk=access.pk).update(**blank)
    InspectorAccess.history.filter(id=access.pk).update(**blank)
    InspectorCode.objects.filter(access=access).delete()
    InspectorSession.objects.filter(access=access).delete()
