"""Write down that an inspector took a file."""

from django.db import transaction

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.inspection.actions.record_look import note_seen
from evidence_review.inspection.models import InspectorSession
from evidence_review.inspection.permissions import inspector_can_open_version
from portal.people.answers import require
from portal.record.actors import Actor
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def record_download(session: InspectorSession, version: EvidenceVersion, *, actor: Actor) -> Event:
    """Record that the inspector is being given the version's bytes; before the first of them.

    Raises:
        NotPermitted: the access or session is over, or the version is not part of the summary.
    """
    require(inspector_can_open_version(session, version))
    note_seen(session)
    return record(
        Verb.INSPECTOR_ACCESS_VERSION_DOWNLOADED,
        version.record_ref,
        actor=actor,
        sha256=version.sha256,
        facts={"access": session.access.public_id},
        detail={"title": version.evidence.title, "file": version.original_name},
    )
