"""Who may change the catalogue and vouch for it."""

from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.queries import holds_everywhere, roles_anywhere
from portal.people.roles import Role
from portal.record.actors import Actor, SystemActor

CATALOGUE_ROLES = frozenset({Role.IG_LEAD, Role.PORTAL_ADMIN})


def user_can_see_catalogue(person: User) -> Answer:
    """Whether the person may look at the catalogue in the admin."""
    if person.is_authenticated and roles_anywhere(person) & CATALOGUE_ROLES:
        return Allowed()
    return Denied("Only IG leads and portal administrators may see the catalogue.")


def user_can_check_editions(person: User) -> Answer:
    """Whether the person may vouch that an edition says what the official toolkit says."""
    if person.is_authenticated and holds_everywhere(person, CATALOGUE_ROLES):
        return Allowed()
    return Denied(
        "Only an IG lead or portal administrator of the whole organisation may mark an edition "
        "as checked."
    )


def user_can_load_catalogue(actor: Actor) -> Answer:
    """Whether the actor may change what is asked: the portal itself, or a portal administrator."""
    if isinstance(actor, SystemActor):
        return Allowed()
    if isinstance(actor, User) and holds_everywhere(actor, {Role.PORTAL_ADMIN}):
        return Allowed()
    return Denied("Only a portal administrator may load a catalogue.")
