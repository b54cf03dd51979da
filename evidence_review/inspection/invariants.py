"""What must be true of inspectors' access at all times."""

from collections.abc import Iterator
from datetime import timedelta

from evidence_review.inspection.models import InspectorAccess
from portal.record.models import Event
from portal.record.verbs import Verb

_GRACE = timedelta(seconds=5)
_LOOKS = (
    Verb.INSPECTOR_ACCESS_OPENED,
    Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED,
    Verb.INSPECTOR_ACCESS_VERSION_DOWNLOADED,
)


def nothing_was_shown_after_the_end() -> Iterator[str]:
    """I9: no inspector was shown anything later than 5 seconds after their access ended."""
    ends = {
        access.actor_ref: min(access.ends, access.revoked_at or access.ends)
        for access in InspectorAccess.objects.iterator()
    }
    looks = Event.objects.filter(verb__in=_LOOKS)
    for seq, who, at in looks.values_list("seq", "actor_ref", "at").iterator():
        end = ends.get(who)
        if end is not None and at > end + _GRACE:
            yield f"event {seq} shows {who} something after {end}"
