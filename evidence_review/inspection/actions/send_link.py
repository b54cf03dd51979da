"""Send an inspector the link."""

from django.db import transaction

from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.permissions import inspector_can_enter, user_can_end_access
from evidence_review.inspection.queries import lock_access
from evidence_review.inspection.states import AccessState
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def send_link(access: InspectorAccess, *, actor: User) -> InspectorAccess:
    """Have the link mailed to the inspector's work address; it opens nothing without a code.

    Raises:
        NotPermitted: the actor does not lead all of its sites, or the access is over.
    """
    access = lock_access(access.pk)
    require(user_can_end_access(actor, access))
    if access.state is not AccessState.NOT_STARTED:
        require(inspector_can_enter(access))
    InspectorAccess.objects.filter(pk=access.pk).update(link_waits=True)
    record(
        Verb.INSPECTOR_ACCESS_LINK_SENT,
        access.record_ref,
        actor=actor,
        detail={"inspector": str(access), "email": access.email},
    )
    enqueue("evidence_review.inspection.tasks.mail_link", access.pk)
    return access
