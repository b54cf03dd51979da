"""Correct a person's details, and tell the address that stops working."""

from django.db import transaction

from portal.jobs import enqueue
from portal.people.actions.person import PersonDetails, change_person
from portal.people.models import User


@transaction.atomic
def correct_person(person: User, details: PersonDetails, *, actor: User) -> User:
    """Correct the details. A changed e-mail address is told to the old one.

    Nobody should lose their way in without hearing of it: whoever can change the address could
    otherwise take an account over quietly.

    Raises:
        NotPermitted: the actor may not manage people.
        EmailTaken: another person has the e-mail address.
    """
    before = User.objects.select_for_update().get(pk=person.pk)
    as_it_was = before.history.first()
    changed = change_person(person, details, actor=actor)
    if as_it_was and as_it_was.email and as_it_was.email != changed.email:
        enqueue("portal.accounts.tasks.tell_old_address", as_it_was.pk)
    return changed
