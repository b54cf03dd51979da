"""Give somebody a role, and end it."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.people.actions.administrators import ensure_another_administrator
from portal.people.answers import require
from portal.people.entries import membership_granted
from portal.people.followers import tell_followers
from portal.people.groups import follow_memberships
from portal.people.models import Membership, Site, User
from portal.people.permissions import user_can_manage_people
from portal.people.queries import forget_memberships
from portal.people.roles import Role
from portal.record.actors import SystemActor
from portal.record.record import record, record_all
from portal.record.verbs import Verb
from portal.refused import Refused


class AlreadyHeld(Refused):
    """The person holds this role there already on some of these days."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "This person already has this role there on some of these days. End that one first."
        )


@transaction.atomic
def grant_membership(
    person: User,
    role: Role,
    *,
    site: Site | None,
    starts: date | None = None,
    ends: date | None = None,
    actor: User | SystemActor,
) -> Membership:
    """Give ``person`` a role at ``site``, or everywhere when it is ``None``; from today by default.

    Raises:
        NotPermitted: the actor may not manage people.
        AlreadyHeld: the days overlap a membership of the same role and place.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require(user_can_manage_people(actor))
    membership = Membership(
        person=person, role=role, site=site, starts=starts or timezone.localdate(), ends=ends
    )
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:
        if "already holds this role" not in str(error):
            raise
        raise AlreadyHeld from error
    _follow(person)
    record_all([membership_granted(membership, actor)])
    return membership


@transaction.atomic
def end_membership(
    membership: Membership, *, actor: User | SystemActor, last_day: date | None = None
) -> Membership:
    """End a role: yesterday was its last day, unless another ``last_day`` is given.

    It counts no more from the next moment on. One that would not have counted for a single whole
    day is taken out of the table: its history and the record keep that it was given and ended.

    Raises:
        NotPermitted: the actor may not manage people.
        LastAdministrator: nobody would be left to manage people and sites.
    """
    require(user_can_manage_people(actor))
    if membership.role == Role.PORTAL_ADMIN:
        ensure_another_administrator(membership.person)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    last_day = last_day or timezone.localdate() - timedelta(days=1)
    person, words = membership.person, str(membership)
    membership.ends = last_day
    if membership.starts > last_day:
        membership.delete()
    else:
        membership.save(update_fields=("ends",))
    _follow(person)
    record(
        Verb.MEMBERSHIP_ENDED,
        person.record_ref,
        actor=actor,
        before=membership.role,
        facts={
            "site": membership.site.public_id if membership.site else "every",
            "starts": membership.starts.isoformat(),
            "ends": last_day.isoformat(),
        },
        detail={"person": str(person), "role": words},
    )
    return membership


def _follow(person: User) -> None:
    forget_memberships(person)
    follow_memberships(person)
    tell_followers()
