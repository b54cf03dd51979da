"""The exact bytes of an event: one JSON text that any language writes the same way.

The form is RFC 8785 (JSON Canonicalization Scheme) narrowed to what needs no care: keys are short
ASCII names, values are strings, whole numbers up to 2^53 - 1, or maps of these. Nothing else.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

LARGEST_INTEGER = 2**53 - 1
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_REFERENCE = re.compile(r"[!-?A-~]{0,100}")

Plain = str | int | Mapping[str, "Plain"]


class NotCanonical(ValueError):
    """The value has no place in the sealed bytes; the message says which and why."""


def canonical_bytes(value: Mapping[str, Plain]) -> bytes:
    """Return the one UTF-8 JSON text of ``value``: keys sorted, no spaces.

    Raises ``NotCanonical`` for anything but strings, whole numbers and maps of them.
    """
    text = json.dumps(
        _checked(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("a string holds half a character, which has no UTF-8 form") from error


def _checked(value: object) -> str | int | dict[str, Any]:
    """Return ``value`` as plain ``str``, ``int`` and ``dict``, or raise ``NotCanonical``."""
    if isinstance(value, bool):
        raise NotCanonical("true and false are not allowed: say 1 and 0, or a word")
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical(f"{value} is too large: other languages would round it")
        return int(value)
    if isinstance(value, Mapping):
        return {_checked_key(key): _checked(item) for key, item in value.items()}
    raise NotCanonical(f"{type(value).__name__} is not a string, a whole number or a map")


def _checked_key(key: object) -> str:
    """Return ``key`` when it is a short lower-case ASCII name."""
    if isinstance(key, str) and _KEY.fullmatch(key):
        return str(key)
    raise NotCanonical(f"{key!r} is not a short lower-case name")


def checked_reference(name: str, value: str) -> str:
    """Return ``value`` if it can be a reference: up to 100 ASCII signs without space or @.

    So a name, a sentence or an e-mail address cannot slip into the sealed bytes by mistake.
    Raises ``NotCanonical`` naming the field.
    """
    if not _REFERENCE.fullmatch(value):
        raise NotCanonical(f"{name} must be a short reference without spaces or @: {value!r}")
    return str(value)


def time_text(at: datetime) -> str:
    """Return an aware moment as RFC 3339 in UTC with milliseconds: ``2027-06-30T09:15:00.123Z``."""
    utc = at.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def detail_text(detail: Mapping[str, Any]) -> str:
    """Return the JSON text of an event's erasable detail, which is kept and hashed as written.

    Dates become ISO text. Half characters become ``?``, so that no name can stop an event.
    """
    text = json.dumps(
        dict(detail),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        cls=DjangoJSONEncoder,
    )
    return text.encode("utf-8", "replace").decode("utf-8")
