"""Add a person, correct their details, switch their account off and on."""

from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.people.actions.administrators import ensure_another_administrator
from portal.people.answers import NotPermitted, require
from portal.people.entries import person_created
from portal.people.followers import tell_followers
from portal.people.groups import follow_memberships
from portal.people.models import User
from portal.people.permissions import user_can_manage_people
from portal.people.queries import roles_anywhere
from portal.people.roles import Role
from portal.record.actors import SystemActor
from portal.record.record import record, record_all
from portal.record.verbs import Verb
from portal.refused import Refused


class EmailTaken(Refused):
    """Somebody else has this e-mail address."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "Somebody else already uses this e-mail address. Check it, or find that person."
        )


class PersonErased(Refused):
    """The details of this person were erased, which nothing undoes."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "The details of this person were erased for good. If they work here again, add them "
            "as a new person."
        )


@dataclass(frozen=True)
class PersonDetails:
    """What is known of a person."""

    first_name: str
    last_name: str
    email: str | None
    job_title: str = ""

    def changed_from(self, person: User) -> dict[str, tuple[str, str]]:
        """Return field: (old, new) for what differs from the person's row."""
        pairs = {
            name: (getattr(person, name) or "", getattr(self, name) or "")
            for name in ("first_name", "last_name", "email", "job_title")
        }
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@transaction.atomic
def add_person(
    details: PersonDetails, *, actor: User | SystemActor, password: str | None = None
) -> User:
    """Add a person. Without a password they choose one by way of the password reset.

    Raises:
        NotPermitted: the actor may not manage people.
        EmailTaken: another person has the e-mail address.
    """
    require(user_can_manage_people(actor))
    try:
        with transaction.atomic():
            person = User.objects.create_user(
                details.email,
                password,
                first_name=details.first_name,
                last_name=details.last_name,
                job_title=details.job_title,
            )
    except IntegrityError as error:
        raise EmailTaken from error
    record_all([person_created(person, actor)])
    return person


@transaction.atomic
def change_person(person: User, details: PersonDetails, *, actor: User | SystemActor) -> User:
    """Correct a person's details. Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor may not manage people.
        PersonErased: there is nothing to correct any more.
        EmailTaken: another person has the e-mail address.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require(user_can_manage_people(actor))
    _ensure_not_erased(person)
    changes = details.changed_from(person)
    if not changes:
        return person
    for name in changes:
        setattr(person, name, getattr(details, name))
    try:
        with transaction.atomic():
            person.save(update_fields=list(changes))
    except IntegrityError as error:
        raise EmailTaken from error
    record(
        Verb.PERSON_CHANGED,
        person.record_ref,
        actor=actor,
        facts={"fields": ",".join(sorted(changes))},
        detail={"changes": {name: list(pair) for name, pair in changes.items()}},
    )
    return person


@transaction.atomic
def deactivate_person(person: User, *, actor: User | SystemActor) -> User:
    """Switch the account off: signed out everywhere at once, tokens refused, nothing deleted.

    Raises:
        NotPermitted: the actor may not manage people, or is switching off themselves.
        LastAdministrator: nobody would be left to manage people and sites.
    """
    require(user_can_manage_people(actor))
    if isinstance(actor, User) and actor.pk == person.pk:
        raise NotPermitted("You cannot switch off your own account. Ask another administrator.")
    if Role.PORTAL_ADMIN in roles_anywhere(person):
        ensure_another_administrator(person)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        return person
    person.is_active = False
    person.save(update_fields=("is_active",))
    person.groups.clear()
    end_sessions_of(person)
    tell_followers()
    record(
        Verb.PERSON_DEACTIVATED,
        person.record_ref,
        actor=actor,
        before="active",
        after="inactive",
        detail={"person": person.actor_label},
    )
    return person


@transaction.atomic
def reactivate_person(person: User, *, actor: User | SystemActor) -> User:
    """Switch the account on again, with the roles that still run.

    Raises:
        NotPermitted: the actor may not manage people.
        PersonErased: an erased account stays off.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require(user_can_manage_people(actor))
    _ensure_not_erased(person)
    if person.is_active:
        return person
    person.is_active = True
    person.save(update_fields=("is_active",))
    follow_memberships(person)
    tell_followers()
    record(
        Verb.PERSON_REACTIVATED,
        person.record_ref,
        actor=actor,
        before="inactive",
        after="active",
        detail={"person": person.actor_label},
    )
    return person


def _ensure_not_erased(person: User) -> None:
    if person.erased_at is not None:
        raise PersonErased


def end_sessions_of(person: User) -> None:
    """Sign the person out of every browser."""
    live = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [
        session.pk
        for session in live.iterator()
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
