"""Named selections from the record. All come newest first, with their details in the same query."""

import json
import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from portal.record.models import Event
from portal.record.objects import ObjectRef


def events() -> QuerySet[Event]:
    """Return the whole record."""
    return Event.objects.select_related("detail", "erased__erasure").order_by("-seq")


def events_about(kind: str, ref: str) -> QuerySet[Event]:
    """Return what happened to one thing, in all its versions."""
    return events().filter(object_kind=kind, object_ref=ref)


def events_about_any(things: Iterable[ObjectRef]) -> QuerySet[Event]:
    """Return what happened to any of several things, in all their versions."""
    refs_by_kind: dict[str, set[str]] = {}
    for thing in things:
        refs_by_kind.setdefault(thing.kind, set()).add(thing.ref)
    conditions = [
        Q(object_kind=kind, object_ref__in=refs) for kind, refs in sorted(refs_by_kind.items())
    ]
    return events().filter(reduce(or_, conditions)) if conditions else events().none()


def events_by(actor_ref: str) -> QuerySet[Event]:
    """Return what one person, inspector or part of the system did."""
    return events().filter(actor_ref=actor_ref)


def done_by_someone_called(found: QuerySet[Event], name: str) -> QuerySet[Event]:
    """Narrow events to those whose actor had ``name`` in the label that was kept with them.

    Erased details cannot be found by name any more. Reads the details, so narrow first.
    """
    written = json.dumps(name, ensure_ascii=False)[1:-1]
    within_the_actor = rf'"actor":"([^"\\]|\\.)*{re.escape(written)}'
    return found.filter(detail__text__icontains=written, detail__text__iregex=within_the_actor)
