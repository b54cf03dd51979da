"""Sign an inspector out."""

from django.db import transaction
from django.utils import timezone

from evidence_review.inspection.models import InspectorSession
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def close_session(session: InspectorSession, *, actor: Actor) -> InspectorSession:
    """End a session at the inspector's wish. One that has ended already writes nothing."""
    session = (
        InspectorSession.objects.select_for_update(of=("self",))
        .select_related("access")
        .get(pk=session.pk)
    )
    if session.ended_at is not None:
        return session
    session.ended_at = timezone.now()
    session.save(update_fields=("ended_at",))
    record(Verb.INSPECTOR_ACCESS_CLOSED, session.access.record_ref, actor=actor)
    return session
