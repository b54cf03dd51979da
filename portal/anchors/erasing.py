"""What is kept of people who were sent the seal, and how it is erased. See ``people.traces``."""

from django.urls import reverse

from portal.anchors.models import AnchorRecipient
from portal.people.traces import ERASED_NAME, SHORTEST_WORD, Fate, Place, Subject

KIND = "anchor_recipient"


def subject_of(public_id: str) -> Subject | None:
    """Return the person who is or was sent the seal, with this public id."""
    recipient = AnchorRecipient.objects.filter(public_id=public_id).first()
    if recipient is None:
        return None
    return Subject(
        ref=recipient.record_ref,
        actor_ref=f"{KIND}:{recipient.public_id}",
        label=recipient.name,
        words=tuple(
            word for word in (recipient.name, recipient.email) if len(word) >= SHORTEST_WORD
        ),
        obstacle=_obstacle(recipient),
        url=reverse("anchors:index"),
    )


def _obstacle(recipient: AnchorRecipient) -> str:
    if not recipient.email:
        return "The details of this person are erased already."
    if recipient.ended_at is None:
        return f"The seal is still sent to {recipient.name}. Stop that first."
    return ""


def duties(subject: Subject) -> list[str]:
    """Say nothing: the obstacle says it."""
    return []


def places(subject: Subject) -> list[Place]:
    """Say what is kept of somebody who was sent the seal."""
    if subject.ref.kind != KIND:
        return []
    return [Place("Name and address to which the seal was sent", 1, Fate.REPLACED)]


def erase(subject: Subject) -> None:
    """Take the name and the address away; that somebody was sent the seal stays."""
    if subject.ref.kind == KIND:
        rows = AnchorRecipient.objects.filter(public_id=subject.ref.ref)
        rows.update(name=ERASED_NAME, email="")
