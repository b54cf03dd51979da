"""Add many people at once, each with their roles: all of them or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import IntegrityError, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from portal.people.actions.membership import AlreadyHeld
from portal.people.actions.person import EmailTaken, PersonDetails
from portal.people.answers import require
from portal.people.entries import membership_granted, person_created
from portal.people.followers import tell_followers
from portal.people.groups import follow_memberships
from portal.people.models import Membership, Site, User
from portal.people.permissions import user_can_manage_people
from portal.people.roles import ADMIN_ROLES, Role
from portal.record.actors import SystemActor
from portal.record.record import record_all

_BATCH = 500


@dataclass(frozen=True)
class Given:
    """A role for a newcomer; at every site when ``site`` is ``None``, from today by default."""

    role: Role
    site: Site | None
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be added, with every role they start with."""

    details: PersonDetails
    roles: tuple[Given, ...]


@transaction.atomic
def add_people(newcomers: Sequence[Newcomer], *, actor: User | SystemActor) -> list[User]:
    """Add people without a password and give them their roles; an event for each of both.

    Rows go in by the batch: statements grow with the number of those who may enter the admin alone.

    Raises:
        NotPermitted: the actor may not manage people.
        EmailTaken: somebody has an e-mail address of these, or two of these share one.
        AlreadyHeld: somebody is given one role in one place twice.
    """
    require(user_can_manage_people(actor))
    people = [_person(newcomer.details) for newcomer in newcomers]
    try:
        with transaction.atomic():
            bulk_create_with_history(people, User, batch_size=_BATCH)
    except IntegrityError as error:
        raise EmailTaken from error
    memberships = [
        _membership(person, given)
        for person, newcomer in zip(people, newcomers, strict=True)
        for given in newcomer.roles
    ]
    try:
        with transaction.atomic():
            bulk_create_with_history(memberships, Membership, batch_size=_BATCH)
    except IntegrityError as error:
        if "already holds this role" not in str(error):
            raise
        raise AlreadyHeld from error
    _let_into_the_admin(memberships)
    tell_followers()
    _tell_the_record(people, memberships, actor)
    return people


def _person(details: PersonDetails) -> User:
    person = User(
        email=details.email or None,
        first_name=details.first_name,
        last_name=details.last_name,
        job_title=details.job_title,
    )
    person.set_unusable_password()
    return person


def _membership(person: User, given: Given) -> Membership:
    starts = given.starts or timezone.localdate()
    return Membership(
        person=person, role=given.role, site=given.site, starts=starts, ends=given.ends
    )


def _let_into_the_admin(memberships: Iterable[Membership]) -> None:
    for person in {given.person for given in memberships if given.role in ADMIN_ROLES}:
        follow_memberships(person)


def _tell_the_record(
    people: Iterable[User], memberships: Iterable[Membership], by: User | SystemActor
) -> None:
    roles = {
        person: list(theirs) for person, theirs in groupby(memberships, lambda one: one.person)
    }
    record_all(
        [
            entry
            for person in people
            for entry in (
                person_created(person, by),
                *(membership_granted(given, by) for given in roles.get(person, ())),
            )
        ]
    )
