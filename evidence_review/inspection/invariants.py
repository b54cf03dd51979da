"""What must be true of inspectors' access at all times."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from evidence_review.inspection.models import InspectorAccess
from portal.record.canonical import time_text
from portal.record.models import Event
from portal.record.replay import told
from portal.record.verbs import Verb

AT_MOST_AFTER = timedelta(seconds=5)


def nothing_was_shown_after_the_end() -> Iterator[str]:
    """I9: no inspector did anything before the access began, or 5 seconds after it ended."""
    for access in InspectorAccess.objects.iterator():
        end = min(access.ends, access.revoked_at or access.ends)
        outside = Q(at__gt=end + AT_MOST_AFTER) | Q(at__lt=access.starts - AT_MOST_AFTER)
        events = Event.objects.filter(outside, actor_ref=access.actor_ref).order_by("seq")
        for event in events:
            what = f"event {event.seq} ({event.verb})"
            yield f"{what} is outside the time of access {access.public_id}"


def accesses_are_as_recorded() -> Iterator[str]:
    """I5: inspectors may look at what the record says, for as long as it says, and no others."""
    granted: dict[str, tuple[str, ...]] = {}
    revoked: set[str] = set()
    for one in told((Verb.INSPECTOR_ACCESS_GRANTED, Verb.INSPECTOR_ACCESS_REVOKED)):
        if one.verb == Verb.INSPECTOR_ACCESS_REVOKED:
            revoked.add(one.ref)
        else:
            names = ("starts", "ends", "sites", "editions")
            granted[one.ref] = tuple(str(one.facts[name]) for name in names)
    rows = InspectorAccess.objects.prefetch_related("sites", "editions").order_by("pk")
    for access in rows.iterator(chunk_size=500):
        ref = access.public_id
        said = granted.pop(ref, None)
        if said is None:
            yield f"access {ref} is in the tables, and no event says so"
            continue
        if _in_order(said) != _in_order(_terms(access)):
            yield f"access {ref} is for another time, site or framework than the record says"
        if (ref in revoked) != (access.revoked_at is not None):
            yield f"access {ref} was ended otherwise than the record says"
    for ref in sorted(granted):
        yield f"access {ref} is on record, and not in the tables"


def _terms(access: InspectorAccess) -> tuple[str, ...]:
    sites = ",".join(site.public_id for site in access.sites.all())
    editions = ",".join(edition.code for edition in access.editions.all())
    every = "every" if access.every_site else sites
    return time_text(access.starts), time_text(access.ends), every, editions


def _in_order(terms: tuple[str, ...]) -> list[list[str]]:
    return [sorted(term.split(",")) for term in terms]
