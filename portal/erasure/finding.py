"""Which events say something about somebody in their details."""

import json
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from portal.record.models import EventDetail
from portal.record.objects import ObjectRef


def details_of(
    about: ObjectRef, actor_ref: str, words: Iterable[str], *, after: int, until: int
) -> QuerySet[EventDetail]:
    """Return the details of events ``after + 1`` to ``until`` to be erased with somebody's.

    Those of what they did, of what was done about them, and those that hold one of the words: a
    full name or an address. In order of the events.
    """
    conditions = [
        Q(event__actor_ref=actor_ref),
        Q(event__object_kind=about.kind, event__object_ref=about.ref),
        # As the text of the detail is written: quotes and backslashes are escaped in it.
        *(Q(text__icontains=json.dumps(word, ensure_ascii=False)[1:-1]) for word in words),
    ]
    return (
        EventDetail.objects.filter(event__gt=after, event__lte=until)
        .filter(reduce(or_, conditions))
        .exclude(text="")
        .order_by("event_id")
    )
