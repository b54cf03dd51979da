"""Who may confirm for whom, and who may see who confirmed."""

from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.queries import memberships_of, roles_anywhere, site_ids_for
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.policies.permissions import user_can_read_policy

FOLLOW_UP_EVERYWHERE = frozenset({Role.IG_LEAD, Role.EDITOR})
"""Follow every policy at every site, because they answer for the policies."""
FOLLOW_UP_AT_SITES = frozenset({Role.REGISTERED_MANAGER, Role.GROUP_MANAGER})
"""Follow what their own people read, at the sites where they hold the role."""
FOLLOW_UP = FOLLOW_UP_EVERYWHERE | FOLLOW_UP_AT_SITES


def user_can_confirm(person: User, page: PolicyPage) -> Answer:
    """Whether the person may confirm a policy: whoever may read it, while it is in force."""
    if not page.live:
        return Denied("This policy was withdrawn, so there is nothing to confirm any more.")
    return user_can_read_policy(person, page)


def user_can_follow_up(person: User) -> Answer:
    """Whether the person may see who has confirmed and who has not, somewhere."""
    if person.is_active and roles_anywhere(person) & FOLLOW_UP:
        return Allowed()
    return Denied("Only managers, editors and IG leads see who has read what.")


def user_can_make_posters(person: User) -> Answer:
    """Whether the person may print a policy's poster: whoever follows up, to hang it up."""
    if user_can_follow_up(person):
        return Allowed()
    return Denied("Posters are for managers, editors and IG leads.")


def sites_followed(person: User) -> frozenset[int] | None:
    """Return the ids of the sites whose people the person follows; None means every site."""
    if roles_anywhere(person) & FOLLOW_UP_EVERYWHERE:
        return None
    return site_ids_for(person, FOLLOW_UP_AT_SITES)


def user_can_record_for(actor: User, person: User) -> Answer:
    """Whether the actor may write down that this person was at a team meeting."""
    answer = user_can_follow_up(actor)
    if isinstance(answer, Denied):
        return answer
    sites = sites_followed(actor)
    if sites is None or any(site is None or site in sites for _, site in memberships_of(person)):
        return Allowed()
    return Denied(f"{person} does not work at a site of yours.")
