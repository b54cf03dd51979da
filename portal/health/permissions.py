"""Who may see how each part stands."""

from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.queries import roles_anywhere
from portal.people.roles import Role


def user_can_see_health(person: User) -> Answer:
    """Whether the person may see the findings and not only whether all is well."""
    if roles_anywhere(person) & {Role.PORTAL_ADMIN, Role.IG_LEAD}:
        return Allowed()
    return Denied("Health is for portal administrators and IG leads.")
