"""Add a person with their first role, and send them a link to choose a password."""

from django.db import transaction

from portal.accounts.actions.give_link import send_link
from portal.accounts.first_role import FirstRole
from portal.people.actions.membership import grant_membership
from portal.people.actions.person import PersonDetails, add_person
from portal.people.models import User


@transaction.atomic
def welcome_person(
    details: PersonDetails, first: FirstRole, *, with_link: bool, actor: User
) -> User:
    """Add the person, give them their first role, and have the link mailed: all or nothing.

    Raises:
        NotPermitted: the actor may not manage people, or a link is asked for without an address.
        EmailTaken: another person has the e-mail address.
    """
    person = add_person(details, actor=actor)
    grant_membership(person, first.role, site=first.site, actor=actor)
    if with_link:
        send_link(person, actor=actor)
    return person
