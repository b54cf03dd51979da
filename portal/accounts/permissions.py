"""Who may be given a link to choose a password, and how."""

from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.permissions import user_can_manage_people


def user_can_send_link(actor: User, person: User) -> Answer:
    """Whether ``actor`` may have a link to choose a password mailed to ``person``."""
    answer = user_can_manage_people(actor)
    if not answer:
        return answer
    if not person.is_active:
        return Denied(f"The account of {person} is switched off. Switch it on first.")
    if not person.email:
        return Denied(f"{person} has no e-mail address. Add one first: they sign in with it.")
    return Allowed()


def user_can_hand_over_link(actor: User, person: User) -> Answer:
    """Whether ``actor`` may see the link, to give it to ``person`` in some other way than by mail.

    Only before there is a password: whoever holds the link could sign in as the person.
    """
    if person.has_usable_password():
        return Denied(f"{person} has a password already. Send a link by e-mail instead.")
    return user_can_send_link(actor, person)
