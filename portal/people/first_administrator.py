"""The one-time link with which the first administrator sets an empty portal up."""

from django.core import signing

from portal.people.models import Membership
from portal.people.roles import Role

_SALT = "portal.people.first_administrator"
VALID_SECONDS = 7 * 24 * 60 * 60


def is_needed() -> bool:
    """Tell whether nobody has ever been an administrator: after that the link is dead for good."""
    return not Membership.objects.filter(role=Role.PORTAL_ADMIN).exists()


def make_key() -> str:
    """Return the signed key of the link; it works for seven days, and once."""
    return signing.dumps("first administrator", salt=_SALT)


def is_good(key: str) -> bool:
    """Tell whether the key is ours, not too old, and the portal still without an administrator."""
    try:
        signing.loads(key, salt=_SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return False
    return is_needed()
