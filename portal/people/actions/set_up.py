"""Set an empty portal up: the organisation and its first administrator."""

from django.db import transaction

from portal.people import first_administrator
from portal.people.actions.membership import grant_membership
from portal.people.actions.person import PersonDetails, add_person
from portal.people.actions.place import set_organisation
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.actors import SystemActor


@transaction.atomic
def set_up_portal(
    details: PersonDetails, password: str, organisation_name: str, *, actor: SystemActor
) -> User:
    """Name the organisation, add the first person and make them administrator.

    Raises:
        NotPermitted: the portal has an administrator already.
        EmailTaken: the e-mail address is in use.
    """
    set_organisation({"name": organisation_name}, actor=actor)
    # Asked only now: that event made us wait for whoever used the same link a moment before.
    if not first_administrator.is_needed():
        raise NotPermitted("This portal is set up already. Sign in, or ask its administrator.")
    person = add_person(details, actor=actor, password=password)
    grant_membership(person, Role.PORTAL_ADMIN, site=None, actor=actor)
    return person
