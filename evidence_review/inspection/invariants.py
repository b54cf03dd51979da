"""What must be true of inspectors' access at all times."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from evidence_review.inspection.models import InspectorAccess
from portal.record.models import Event

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
