"""Write down that an inspector was shown a page of the summary."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from evidence_review.inspection.kept_pages import keep_page
from evidence_review.inspection.models import InspectorSession
from evidence_review.inspection.permissions import inspector_can_look
from evidence_review.inspection.sessions import NOTED_EVERY
from evidence_review.inspection.shown import Facts
from portal.people.answers import require
from portal.record.actors import Actor
from portal.record.canonical import time_text
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def record_look(
    session: InspectorSession,
    part: str,
    page: Facts,
    *,
    actor: Actor,
    past: datetime | None = None,
) -> Event:
    """Record that the page called ``part`` is being shown, and keep what is on it; give the event.

    ``part`` is a code of ours, such as ``summary`` or ``dspt-v8:1.3.1``, never what was typed.
    ``past`` is the time as of which the page is; ``None`` is now. Five statements.

    Raises:
        NotPermitted: the access or the session is over.
    """
    require(inspector_can_look(session))
    note_seen(session)
    sha256 = keep_page(page)
    return record(
        Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED,
        session.access.record_ref,
        actor=actor,
        sha256=sha256,
        facts={"part": part} | ({"past": time_text(past)} if past else {}),
    )


def note_seen(session: InspectorSession) -> None:
    """Keep the session from going idle; written once a minute at most. Inside a transaction."""
    now = timezone.now()
    if now - session.seen_at < NOTED_EVERY:
        return
    # Never backwards, should two pages be asked for at once.
    InspectorSession.objects.filter(pk=session.pk, seen_at__lt=now).update(seen_at=now)
    session.seen_at = now
