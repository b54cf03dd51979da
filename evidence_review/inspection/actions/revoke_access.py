"""End an inspector's access before its time."""

from django.db import transaction
from django.utils import timezone

from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.permissions import user_can_end_access
from evidence_review.inspection.queries import lock_access
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def revoke_access(access: InspectorAccess, *, actor: User) -> InspectorAccess:
    """End the access now: the link stops working, and a running download breaks off within seconds.

    Ending one that is over already changes nothing and writes nothing.

    Raises:
        NotPermitted: the actor does not lead all of its sites.
    """
    access = lock_access(access.pk)
    require(user_can_end_access(actor, access))
    before = access.state
    if before.is_over:
        return access
    access.revoked_at, access.revoked_by = timezone.now(), actor
    access._history_user = actor
    access.save(update_fields=("revoked_at", "revoked_by"))
    record(
        Verb.INSPECTOR_ACCESS_REVOKED,
        access.record_ref,
        actor=actor,
        before=before,
        after=access.state,
        detail={"inspector": str(access)},
    )
    return access
