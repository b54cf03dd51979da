"""Give somebody a link to choose a password: by mail, or by hand."""

from collections.abc import Sequence

from django.db import transaction

from portal.accounts.mailing import password_link
from portal.accounts.permissions import user_can_hand_over_link, user_can_send_link
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import Entry, record_all
from portal.record.verbs import Verb

BY_MAIL, BY_HAND = "mail", "hand"
_LINKS_IN_A_JOB = 200


@transaction.atomic
def send_link(person: User, *, actor: User) -> None:
    """Have a link to choose a password mailed to the person.

    Raises:
        NotPermitted: the actor may not manage people, or the person cannot get or use a link.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require(user_can_send_link(actor, person))
    record_all([_entry(person, BY_MAIL, actor)])
    enqueue("portal.accounts.tasks.mail_password_link", person.public_id)


@transaction.atomic
def send_links(people: Sequence[User], *, actor: User) -> None:
    """Have a link mailed to each of many people, as ``send_link`` does.

    Raises:
        NotPermitted: the actor may not manage people, or one of them cannot get or use a link.
    """
    for person in people:
        require(user_can_send_link(actor, person))
    record_all([_entry(person, BY_MAIL, actor) for person in people])
    for start in range(0, len(people), _LINKS_IN_A_JOB):
        some = (person.public_id for person in people[start : start + _LINKS_IN_A_JOB])
        enqueue("portal.accounts.tasks.mail_password_links", *some)


@transaction.atomic
def hand_over_link(person: User, *, actor: User) -> str:
    """Return a link to choose a first password, for the actor to give to the person themselves.

    Raises:
        NotPermitted: as for ``send_link``, or the person has a password already.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require(user_can_hand_over_link(actor, person))
    record_all([_entry(person, BY_HAND, actor)])
    return password_link(person)


def _entry(person: User, way: str, actor: User) -> Entry:
    return Entry(
        verb=Verb.PERSON_LINK_MADE,
        obj=person.record_ref,
        actor=actor,
        facts={"way": way},
        detail={"person": str(person), "email": person.email or ""},
    )
