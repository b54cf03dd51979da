"""Dates, sizes and counts in plain words. Times are shown in the portal's zone (Europe/London)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

_KILOBYTE = 1024
_TEN = 10


def _local(value: date) -> date:
    """Return ``value`` in the portal's zone; a plain date stays what it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day(value: date | None) -> str:
    """Say a date: ``30 June 2027``. Nothing for None."""
    if not value:
        return ""
    there = _local(value)
    return f"{there.day} {there:%B} {there.year}"


def weekday(value: date | None) -> str:
    """Say a date with its weekday: ``Monday 23 November 2026``."""
    return date_format(_local(value), "l j F Y") if value else ""


def clock(value: datetime | None) -> str:
    """Say a time of day: ``14:02``."""
    return date_format(_local(value), "H:i") if value else ""


def moment(value: datetime | None) -> str:
    """Say a date and time: ``20 November 2026, 14:02``."""
    return date_format(_local(value), "j F Y, H:i") if value else ""


def days_until(value: date | None) -> str:
    """Say how far off a date is: ``today``, ``tomorrow``, ``in 7 days``, ``3 days ago``."""
    if value is None:
        return ""
    there = _local(value)
    ahead = ((there.date() if isinstance(there, datetime) else there) - timezone.localdate()).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if ahead in near:
        return near[ahead]
    return f"in {ahead} days" if ahead > 0 else f"{-ahead} days ago"


def file_size(size: int | None) -> str:
    """Say a number of bytes: ``88 bytes``, ``640 KB``, ``1.2 MB``, ``29 MB``."""
    if size is None:
        return ""
    if size < _KILOBYTE:
        return f"{size} byte" if size == 1 else f"{size} bytes"
    amount = size / _KILOBYTE
    for unit in ("KB", "MB", "GB"):
        if round(amount) < _KILOBYTE or unit == "GB":
            break
        amount /= _KILOBYTE
    if unit != "KB" and amount < _TEN:
        return f"{amount:.1f}".removesuffix(".0") + f" {unit}"
    return f"{round(amount)} {unit}"


def in_words(count: int, forms: str) -> str:
    """Say a count of things: ``in_words(3, "file,files")`` is ``3 files``, of none ``no files``."""
    one, many = forms.split(",")
    if count == 0:
        return f"no {many}"
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


def hash_groups(digest: str) -> str:
    """Write a SHA-256 in groups of eight characters, which a person can compare by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
