"""The columns of the record as a spreadsheet."""

from collections.abc import Callable

from django.utils import timezone

from portal.record.models import Event
from portal.record.words import detail_pairs

EXPORT_COLUMNS: dict[str, tuple[str, Callable[[Event], object]]] = {
    "seq": ("Number", lambda event: event.seq),
    "at": ("When (UK time)", lambda event: timezone.localtime(event.at).replace(tzinfo=None)),
    "actor": ("Who", lambda event: event.actor_label),
    "verb": ("What happened", lambda event: event.verb_label),
    "kind": ("Kind of thing", lambda event: event.object_kind),
    "ref": ("Thing", lambda event: event.object_ref),
    "version": ("Version", lambda event: event.object_version or ""),
    "before": ("State before", lambda event: event.before),
    "after": ("State after", lambda event: event.after),
    "sha256": ("SHA-256 of the file", lambda event: event.sha256),
    "detail": ("Details", lambda event: "; ".join(detail_words(event))),
    "actor_ref": ("Who (reference)", lambda event: event.actor_ref),
    "leaf_hash": ("SHA-256 of this event", lambda event: bytes(event.leaf_hash).hex()),
}
"""Heading and value of each column, in order."""


def detail_words(event: Event) -> list[str]:
    """Return the details of an event but the actor, each as ``Name: value``."""
    return [f"{name}: {value}" for name, value in detail_pairs(event)]
