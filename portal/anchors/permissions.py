"""Who may say where heads of the record are sent."""

from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.queries import holds_everywhere
from portal.people.roles import Role

_MAY = frozenset({Role.IG_LEAD, Role.PORTAL_ADMIN})


def user_can_name_recipients(person: User) -> Answer:
    """Whether the person may say who is sent the seal, and end it."""
    if holds_everywhere(person, _MAY):
        return Allowed()
    return Denied(
        "Only the IG lead of the whole organisation or a portal administrator may say who is sent "
        "the seal."
    )
