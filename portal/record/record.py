"""The one way to write the record."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.record.actors import Actor
from portal.record.canonical import (
    NotCanonical,
    Plain,
    canonical_bytes,
    checked_reference,
    detail_text,
    time_text,
)
from portal.record.merkle import CompactRange, leaf_hash
from portal.record.models import Event, EventDetail, LogHead
from portal.record.objects import ObjectRef
from portal.record.verbs import Verb

BODY_VERSION = 1
SALT_BYTES = 32
_SHA256 = re.compile(r"([0-9a-f]{64})?")


class NotInTransaction(RuntimeError):
    """An event was written outside the transaction of the change it tells of."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event to be written. See ``record`` for the meaning of the fields."""

    verb: Verb
    obj: ObjectRef
    actor: Actor
    before: str = ""
    after: str = ""
    sha256: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(
    verb: Verb,
    obj: ObjectRef,
    *,
    actor: Actor,
    before: str = "",
    after: str = "",
    sha256: str = "",
    facts: Mapping[str, str | int] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Event:
    """Write one event in the caller's transaction and return it. Four statements.

    ``before`` and ``after`` are states; ``sha256`` is the file's, in hex. ``facts`` are sealed for
    good and must hold nothing personal. ``detail`` (names, titles, free text, file names,
    addresses) may be erased later; the actor's label is always added to it as ``actor``.

    Locks the head of the record until the transaction ends, so lock your own rows first and keep
    what follows short. Raises ``NotInTransaction`` outside ``transaction.atomic`` and
    ``NotCanonical`` for values that have no place in the sealed bytes.
    """
    entry = Entry(
        verb=verb,
        obj=obj,
        actor=actor,
        before=before,
        after=after,
        sha256=sha256,
        facts=facts or {},
        detail=detail or {},
    )
    return record_all([entry])[0]


def record_all(entries: Sequence[Entry]) -> list[Event]:
    """Write several events in order, as ``record`` does, with the same four statements."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("write the record inside the transaction of the change itself")
    if not entries:
        return []
    head = LogHead.objects.select_for_update().get()
    at, clock = _moment(head.last_at)
    grown = CompactRange(head.size, bytes(head.compact_range))
    events, details = [], []
    for entry in entries:
        text = detail_text({**entry.detail, "actor": entry.actor.actor_label})
        salt = secrets.token_bytes(SALT_BYTES)
        body = event_body(
            entry, seq=grown.size + 1, at=at, clock=clock, detail_commit=commitment(salt, text)
        )
        event = _event(entry, seq=grown.size + 1, at=at, body=canonical_bytes(body))
        grown.append(bytes(event.leaf_hash))
        events.append(event)
        details.append(EventDetail(event=event, salt=salt, text=text))
    Event.objects.bulk_create(events)
    EventDetail.objects.bulk_create(details)
    LogHead.objects.update(size=grown.size, compact_range=grown.packed(), last_at=at)
    return events


def commitment(salt: bytes, text: str) -> str:
    """Return what the sealed bytes say of a detail: SHA-256(salt || its UTF-8 text), in hex."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def event_body(
    entry: Entry, *, seq: int, at: datetime, clock: str, detail_commit: str
) -> dict[str, Plain]:
    """Return what is sealed of an entry; always the same keys. ``v`` counts the form itself.

    ``clock`` is ``ok``, or ``held`` when the machine's clock had gone back and the last event's
    time was kept instead. Raises ``NotCanonical``.
    """
    if not _SHA256.fullmatch(entry.sha256):
        raise NotCanonical(f"sha256 must be 64 lower-case hex digits or empty: {entry.sha256!r}")
    if not (entry.obj.kind and entry.obj.ref and entry.actor.actor_ref):
        raise NotCanonical("an event needs an actor, and an object with a kind and a reference")
    return {
        "v": BODY_VERSION,
        "seq": seq,
        "t": time_text(at),
        "clock": clock,
        "actor_ref": checked_reference("actor_ref", entry.actor.actor_ref),
        "verb": Verb(entry.verb).value,
        "object": {
            "kind": checked_reference("object kind", entry.obj.kind),
            "ref": checked_reference("object ref", entry.obj.ref),
            "version": entry.obj.version,
        },
        "sha256": entry.sha256,
        "before": checked_reference("before", entry.before),
        "after": checked_reference("after", entry.after),
        "facts": dict(entry.facts),
        "detail_commit": detail_commit,
    }


def _event(entry: Entry, *, seq: int, at: datetime, body: bytes) -> Event:
    """Return the row for an entry whose sealed bytes are known."""
    return Event(
        seq=seq,
        body=body,
        leaf_hash=leaf_hash(body),
        at=at,
        verb=Verb(entry.verb).value,
        actor_ref=str(entry.actor.actor_ref),
        object_kind=str(entry.obj.kind),
        object_ref=str(entry.obj.ref),
        object_version=entry.obj.version,
        sha256=entry.sha256,
        before=str(entry.before),
        after=str(entry.after),
    )


def _moment(last_at: datetime | None) -> tuple[datetime, str]:
    """Return the event's time in whole milliseconds, never before the last one, and its flag."""
    now = timezone.now()
    now -= timedelta(microseconds=now.microsecond % 1000)
    if last_at is not None and now < last_at:
        return last_at, "held"
    return now, "ok"
