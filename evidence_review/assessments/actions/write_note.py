"""Say something about an answer among colleagues. What was said stays."""

from django.db import transaction

from evidence_review.assessments.models import Response, ResponseNote
from evidence_review.assessments.permissions import user_can_see_assessment
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def write_note(response: Response, text: str, *, actor: User) -> ResponseNote:
    """Write a note that is not empty.

    Raises:
        NotPermitted: the actor does not see this assessment.
    """
    require(user_can_see_assessment(actor, response.assessment))
    note = ResponseNote.objects.create(response=response, text=text, written_by=actor)
    record(
        Verb.RESPONSE_NOTED,
        response.record_ref,
        actor=actor,
        facts={"requirement": response.requirement.code},
        detail={"note": text},
    )
    return note
