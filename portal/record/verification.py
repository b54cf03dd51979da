"""Whether the record is still what was written: everything recomputed from the stored bytes.

This finds what was edited, deleted, reordered or backdated in place. It cannot find a record that
was rewritten as a whole or cut short together with its head: that takes a head kept elsewhere.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal.record.canonical import canonical_bytes, time_text
from portal.record.merkle import CompactRange, leaf_hash
from portal.record.models import Event, LogHead
from portal.record.record import commitment

_CHUNK = 2000


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with the record; ``seq`` is 0 when it is not about one event."""

    seq: int
    sentence: str


def problems() -> Iterator[Problem]:
    """Yield every problem of the record, in order. Reads all of it, a few thousand at a time.

    May run while others write: the head is read before and after the events, which must reach from
    the one to the other.
    """
    head = LogHead.objects.first()
    if head is None:
        yield Problem(0, "the head is missing")
        return
    tree, last_at = CompactRange(), None
    for event in _in_order():
        expected = tree.size + 1
        if event.seq != expected:
            yield Problem(event.seq, f"number {expected} should stand here: events are missing")
        yield from _problems_of_event(event)
        if last_at is not None and event.at < last_at:
            yield Problem(event.seq, "its time is before that of the event above it")
        last_at = event.at
        tree.append(leaf_hash(bytes(event.body)))
        if tree.size == head.size and tree.packed() != bytes(head.compact_range):
            yield Problem(0, "the head does not belong to these events")
    size_now = LogHead.objects.values_list("size", flat=True).get()
    if not head.size <= tree.size <= size_now:
        yield Problem(0, f"the head counts {size_now} events, but there are {tree.size}")


def _in_order() -> Iterator[Event]:
    """Return all events with their details, oldest first."""
    found: QuerySet[Event] = Event.objects.select_related("detail").order_by("seq")
    return found.iterator(chunk_size=_CHUNK)


def _problems_of_event(event: Event) -> Iterator[Problem]:
    """Yield what is wrong within one event."""
    body = bytes(event.body)
    if bytes(event.leaf_hash) != leaf_hash(body):
        yield Problem(event.seq, "its bytes are not those that were hashed")
    data = _read(body)
    if data is None:
        yield Problem(event.seq, "its bytes cannot be read as an event")
        return
    if wrong := [name for name, value in _columns(event).items() if data.get(name) != value]:
        yield Problem(
            event.seq, f"the list shows something else than the bytes: {', '.join(wrong)}"
        )
    detail = getattr(event, "detail", None)
    if (
        detail is not None
        and detail.text
        and commitment(bytes(detail.salt), detail.text) != data.get("detail_commit")
    ):
        yield Problem(event.seq, "its detail is not the one that was written")


def _read(body: bytes) -> dict[str, Any] | None:
    """Return what the bytes say, or nothing if they are not a map in canonical form."""
    try:
        data = json.loads(body)
        canonical = canonical_bytes(data)
    except ValueError:
        return None
    return data if isinstance(data, dict) and canonical == body else None


def _columns(event: Event) -> dict[str, object]:
    """Return the columns of an event under the names they have in its bytes."""
    return {
        "seq": event.seq,
        "t": time_text(event.at),
        "verb": event.verb,
        "actor_ref": event.actor_ref,
        "object": {
            "kind": event.object_kind,
            "ref": event.object_ref,
            "version": event.object_version,
        },
        "sha256": event.sha256,
        "before": event.before,
        "after": event.after,
    }
