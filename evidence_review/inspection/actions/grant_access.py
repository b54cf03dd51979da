"""Invite an inspector."""

from django.db import transaction
from django.utils import timezone

from evidence_review.inspection.invitation import Invitation
from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.permissions import user_can_give_access
from portal.people.answers import require
from portal.people.models import User
from portal.record.canonical import time_text
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def grant_access(invitation: Invitation, *, actor: User) -> InspectorAccess:
    """Give an inspector access as the invitation says; the link works from its start until its end.

    The scope is settled here for good: to show more, or for longer, give a new access.

    Raises:
        NotPermitted: the actor does not lead all of these sites.
        InvitationRefused: the invitation breaks a rule.
    """
    require(user_can_give_access(actor, invitation.sites))
    invitation.check()
    access = _made(invitation, actor)
    record(
        Verb.INSPECTOR_ACCESS_GRANTED,
        access.record_ref,
        actor=actor,
        after=access.state,
        facts={
            "starts": time_text(access.starts),
            "ends": time_text(access.ends),
            "sites": _refs(invitation),
            "editions": ",".join(edition.code for edition in invitation.editions),
        },
        detail={
            "inspector": str(access),
            "email": access.email,
            "sites": [site.name for site in invitation.sites or ()] or ["every site"],
        },
    )
    return access


def _made(invitation: Invitation, actor: User) -> InspectorAccess:
    access = InspectorAccess(
        name=invitation.name,
        inspector_organisation=invitation.inspector_organisation,
        email=invitation.email,
        every_site=invitation.sites is None,
        starts=invitation.starts or timezone.now(),
        ends=invitation.ends,
        granted_by=actor,
    )
    access._history_user = actor
    access.save()
    access.sites.set(invitation.sites or ())
    access.editions.set(invitation.editions)
    return access


def _refs(invitation: Invitation) -> str:
    if invitation.sites is None:
        return "every"
    return ",".join(site.public_id for site in invitation.sites)
