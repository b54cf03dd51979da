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
from portal.record.erasing import ErasedList
from portal.record.merkle import CompactRange, leaf_hash
from portal.record.models import Event, LogHead
from portal.record.record import commitment
from portal.record.verbs import Verb

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
    tree, last_at, erased = CompactRange(), None, Erased()
    for event in _in_order():
        expected = tree.size + 1
        if event.seq != expected:
            yield Problem(event.seq, f"number {expected} should stand here: events are missing")
        yield from _problems_of_event(event)
        yield from erased.problems_of_event(event)
        if last_at is not None and event.at < last_at:
            yield Problem(event.seq, "its time is before that of the event above it")
        last_at = event.at
        tree.append(leaf_hash(bytes(event.body)))
        if tree.size == head.size and tree.packed() != bytes(head.compact_range):
            yield Problem(0, "the head does not belong to these events")
    size_now = LogHead.objects.values_list("size", flat=True).get()
    if not head.size <= tree.size <= size_now:
        yield Problem(0, f"the head counts {size_now} events, but there are {tree.size}")
    yield from erased.left_over()


class Erased:
    """Whether every detail that is gone was taken by an erasure that says so, and no other was."""

    def __init__(self) -> None:
        self._lists: dict[int, ErasedList] = {}

    def problems_of_event(self, event: Event) -> Iterator[Problem]:
        """Yield what speaks against one event; call it with all of them, in order."""
        detail, row = getattr(event, "detail", None), getattr(event, "erased", None)
        is_kept = detail is not None and bool(detail.text)
        if row is not None:
            self._lists.setdefault(row.erasure_id, ErasedList()).add(event.seq)
            if is_kept:
                yield Problem(event.seq, "its detail was erased, and is there again")
        elif not is_kept:
            yield Problem(event.seq, "its detail was taken away, and no erasure says so")
        if event.verb == Verb.DETAILS_ERASED:
            yield from self._problems_of_erasure(event)

    def _problems_of_erasure(self, event: Event) -> Iterator[Problem]:
        found = self._lists.pop(event.seq, ErasedList())
        facts = (_read(bytes(event.body)) or {}).get("facts", {})
        if (facts.get("details"), facts.get("events")) != (found.count, found.hexdigest):
            yield Problem(event.seq, "the details that are gone are not those that it erased")

    def left_over(self) -> Iterator[Problem]:
        """Yield the details whose erasure was never come by."""
        for seq in sorted(self._lists):
            yield Problem(seq, "this is no erasure, but details are listed as erased by it")


def _in_order() -> Iterator[Event]:
    """Return all events with their details and whether those were erased, oldest first."""
    found: QuerySet[Event] = Event.objects.select_related("detail", "erased").order_by("seq")
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
