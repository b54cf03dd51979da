"""The random keys in the cookies of a device, and what is kept of them."""

import secrets

from django.utils.crypto import salted_hmac


def new_key() -> str:
    """Return 256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def keyed_digest(purpose: str, value: str) -> str:
    """Return HMAC-SHA256 of ``value`` in hex, keyed by the portal's secret and the purpose."""
    return salted_hmac(f"shared_devices.{purpose}", value, algorithm="sha256").hexdigest()
