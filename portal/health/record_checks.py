"""The nightly look at the record, on the health page."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format

from portal.health.findings import Finding, State
from portal.record.models import RecordCheck

_PART = "Check of the record"
_OLD = timedelta(hours=36)
_NOW = "Open Record, then Checks, and press “Check now”."


def record_checks() -> Finding:
    """Return when all was last looked at, and whether the record, tables and files agreed."""
    last = RecordCheck.objects.order_by("-pk").first()
    if last is None:
        return Finding(_PART, State.DEGRADED, "Nothing was checked yet", _NOW)
    when = date_format(timezone.localtime(last.ended_at), "j F Y, H:i")
    if not last.is_ok:
        found = f"{last.difference_count:,} differences were found on {when}"
        advice = "Open Record, then Checks, and look at what differs."
        return Finding(_PART, State.DEGRADED, found, advice, is_urgent=True)
    if timezone.now() - last.ended_at > _OLD:
        advice = f"Look whether the worker runs. {_NOW}"
        return Finding(
            _PART, State.DEGRADED, f"All was well on {when}, but that is long ago", advice
        )
    return Finding(_PART, State.OK, f"Everything was looked at and agreed, {when}")
