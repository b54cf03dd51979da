"""Who may erase personal details, and who may see what was erased."""

from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.queries import holds_everywhere, roles_anywhere
from portal.people.roles import Role


def user_can_erase(person: User) -> Answer:
    """Whether the person may erase details: an IG lead of the whole organisation."""
    if isinstance(person, User) and holds_everywhere(person, {Role.IG_LEAD}):
        return Allowed()
    return Denied("Only an IG lead of the whole organisation may erase personal details.")


def user_can_see_erasures(person: User) -> Answer:
    """Whether the person may see which details were erased, when and why: who reads the record."""
    if roles_anywhere(person) & {Role.IG_LEAD, Role.PORTAL_ADMIN}:
        return Allowed()
    return Denied("Erasures are for IG leads and portal administrators.")
