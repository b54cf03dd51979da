"""Who may change people, sites and roles."""

from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.queries import holds_everywhere, roles_anywhere
from portal.people.roles import ADMIN_ROLES, Role
from portal.record.actors import SystemActor


def user_can_enter_admin(person: User) -> Answer:
    """Whether the person may open the admin at all."""
    if roles_anywhere(person) & ADMIN_ROLES:
        return Allowed()
    return Denied("The admin is for IG leads, editors and portal administrators.")


def user_can_manage_people(person: User | SystemActor) -> Answer:
    """Whether one may add people, change them and give them roles. The portal itself may."""
    if isinstance(person, SystemActor) or holds_everywhere(person, {Role.PORTAL_ADMIN}):
        return Allowed()
    return Denied("Only a portal administrator may change people and roles.")


def user_can_manage_sites(person: User | SystemActor) -> Answer:
    """Whether the person may change the organisation and its sites. The portal may, at set-up."""
    if isinstance(person, SystemActor) or holds_everywhere(person, {Role.PORTAL_ADMIN}):
        return Allowed()
    return Denied("Only a portal administrator may change the organisation and its sites.")
