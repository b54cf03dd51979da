"""One-time codes: how they are made, read and compared. None is stored in the clear."""

from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from evidence_review.inspection.models import InspectorCode

DIGITS = 8
LASTS = timedelta(minutes=10)
MOST_WRONG_TRIES = 5
_SPACING = str.maketrans("", "", " -\u00a0\u2009\u2011\u2013\t")


def keyed_digest(purpose: str, value: str) -> str:
    """Return HMAC-SHA256 of ``value`` in hex, keyed by the portal's secret and the purpose."""
    return salted_hmac(f"inspection.{purpose}", value, algorithm="sha256").hexdigest()


def code_of(row: InspectorCode) -> str:
    """Return the eight digits of a row. Only the mail and the comparison ask for them."""
    digest = keyed_digest("code", f"{row.access_id}:{row.seed}")
    return f"{int(digest[:16], 16) % 10**DIGITS:0{DIGITS}d}"


def in_groups(code: str) -> str:
    """Write a code so that it can be read aloud: ``1234 5678``."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"


def as_typed(text: str) -> str:
    """Return what somebody typed without the spaces and dashes people put between the digits."""
    return text.translate(_SPACING)


def is_code_of(row: InspectorCode, typed: str) -> bool:
    """Compare in constant time what was typed with the row's code."""
    return constant_time_compare(code_of(row), as_typed(typed))
