"""Following the events to what the tables must hold, for the checks of every room."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from portal.record.models import Event
from portal.record.verbs import Verb

_CHUNK = 2000


@dataclass(frozen=True)
class Told:
    """One event as a check reads it. ``facts`` come from the sealed bytes, not from a column."""

    seq: int
    verb: str
    ref: str
    version: int
    actor_ref: str
    before: str
    after: str
    sha256: str
    facts: dict[str, Any]
    detail: dict[str, Any] | None = None
    """What may be erased; nothing where it was, or where it was not asked for."""


def told(verbs: Collection[Verb], *, with_detail: bool = False) -> Iterator[Told]:
    """Yield the events of these verbs, oldest first, a few thousand in memory at a time."""
    columns = ["seq", "verb", "object_ref", "object_version", "actor_ref", "before", "after"]
    columns += ["sha256", "body", *(["detail__text"] if with_detail else [])]
    found = Event.objects.filter(verb__in=[verb.value for verb in verbs]).order_by("seq")
    row: Any
    for row in found.values_list(*columns).iterator(chunk_size=_CHUNK):
        facts = json.loads(bytes(row[8]))["facts"]
        detail = json.loads(row[9]) if with_detail and row[9] else None
        seq, verb, ref, version, actor_ref, before, after, digest = row[:8]
        yield Told(seq, verb, ref, version, actor_ref, before, after, digest, facts, detail)


def compared(
    told_of: Counter[Any], kept: Counter[Any], what: Callable[[Any], str]
) -> Iterator[str]:
    """Yield where the record and the tables differ; ``what`` puts a key into words."""
    for key in sorted(kept.keys() | told_of.keys(), key=str):
        if kept[key] > told_of[key]:
            yield f"{what(key)} is in the tables, and no event says so"
        elif kept[key] < told_of[key]:
            yield f"{what(key)} is on record, and not in the tables"


class Pile:
    """Many keys, of which only their number and a sum of hashes is kept: the order has no say.

    So that two lists of millions can be compared in little memory.
    """

    def __init__(self) -> None:
        self.count = 0
        self._sum = 0

    def add(self, *key: object) -> None:
        """Put a key on it."""
        digest = sha256(repr(key).encode()).digest()
        self.count += 1
        self._sum = (self._sum + int.from_bytes(digest)) % 2**256

    def __eq__(self, other: object) -> bool:
        """Tell whether both hold the same keys as often."""
        return isinstance(other, Pile) and (self.count, self._sum) == (other.count, other._sum)

    __hash__ = None  # type: ignore[assignment]  # it changes
